import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/section.js';
import { AskDialog } from './ask-dialog.js';
import { useMay } from './queries.js';
import type { StaffOrganization } from './types.js';

/** Nobody looks by right: what an organization wrote is seen when it agrees. */
export function AskSection({ organization }: { organization: StaffOrganization }) {
  const t = useText();
  const mayAsk = useMay('support_access:ask');
  const [isAsking, setAsking] = useState(false);
  if (!mayAsk) return null;
  return (
    <Section
      title={t('staff.support')}
      hint={t('staff.support.hint')}
      actions={<Button onClick={() => setAsking(true)}>{t('staff.support.ask')}</Button>}
    >
      {isAsking && <AskDialog organization={organization} onClose={() => setAsking(false)} />}
    </Section>
  );
}
