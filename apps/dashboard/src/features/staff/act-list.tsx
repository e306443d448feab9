import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import type { MessageKey, Translate } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Time } from '../../ui/time.js';
import { StaffList } from './list.js';
import { actsQuery } from './member-queries.js';
import type { StaffAct } from './types.js';

const known: readonly string[] = [
  'staff.signed_in',
  'staff.signed_out',
  'staff.created',
  'staff.reset',
  'staff.ended',
  'staff.password_changed',
  'organization.suspended',
  'organization.resumed',
  'organization.deletion_scheduled',
  'organization.deletion_cancelled',
  'feature.shared',
  'feature.turned',
  'announcement.made',
  'announcement.withdrawn',
  'support.access_asked',
  'support.access_ended',
  'support.access_forced',
  'support.force_wanted',
  'job.retry_wanted',
  'billing.override_given',
  'billing.override_ended',
  'billing.invoice_paid',
  'billing.invoice_credited',
  'plan.published',
] as const;

/** What an act is called; its own name, when it is one that this console does not know yet. */
function actName(t: Translate, type: string): string {
  return known.some((each) => each === type) ? t(`staff.act.${type}` as MessageKey) : type;
}

/** What the staff did; nothing can be changed or taken out of it. */
export function ActList({ organizationId }: { organizationId?: string }) {
  const t = useText();
  const query = useInfiniteQuery({ ...actsQuery(organizationId), refetchOnMount: 'always' });
  return (
    <StaffList
      query={query}
      isPart={organizationId !== undefined}
      label={t('staff.acts')}
      empty={{ icon: ScrollText, title: t('staff.none') }}
    >
      {(act) => <Row key={act.id} act={act} isOfOne={organizationId !== undefined} />}
    </StaffList>
  );
}

function Row({ act, isOfOne }: { act: StaffAct; isOfOne: boolean }) {
  const t = useText();
  const { type, staffName, at, organizationId, data } = act;
  const name = actName(t, type);
  const { reason } = data;
  return (
    <li className="border-b border-line">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 rounded-lg py-2.5 text-sm -outline-offset-2">
          <span className="min-w-0 flex-1 basis-44">
            <span className="block font-medium">{name}</span>
            {typeof reason === 'string' && (
              <span className="block truncate text-xs text-muted">
                <bdi>{reason}</bdi>
              </span>
            )}
          </span>
          <bdi className="text-xs text-muted">{staffName ?? t('staff.acts.commandLine')}</bdi>
          <Time at={at} className="w-20 text-end text-xs text-subtle" />
        </summary>
        <div className="space-y-3 pb-4">
          {organizationId && !isOfOne && (
            <Link
              to="/staff/organizations/$organizationId"
              params={{ organizationId }}
              className="text-sm text-accent-text underline underline-offset-2"
            >
              {t('staff.organization')}
            </Link>
          )}
          <CodeBlock label={`${name} ${at}`} code={JSON.stringify(act, null, 2)} />
        </div>
      </details>
    </li>
  );
}
