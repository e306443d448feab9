import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';

const tones = { active: 'good', suspended: 'bad', to_be_deleted: 'warn' } as const;

/** Whether an organization works, rests, or is about to go. */
export function OrganizationBadge({ status }: { status: keyof typeof tones }) {
  const t = useText();
  return <Badge tone={tones[status]}>{t(`staff.status.${status}`)}</Badge>;
}
