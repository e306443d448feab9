import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Time } from '../../ui/time.js';
import { useCan } from '../auth/queries.js';
import { StatusIcon } from '../tickets/status.js';
import { companyQuery, customerQuery, historyQuery } from '../tickets/ticket-queries.js';
import type { DeepTicket } from '../tickets/ticket-types.js';

/** Who asks: the person, their company, what one should know of both, and what they asked before. */
export function CustomerCard({ ticket }: { ticket: DeepTicket }) {
  const t = useText();
  const reads = useCan('customers:read');
  const { requester, companyId } = ticket;
  const { data: customer } = useQuery({ ...customerQuery(requester.id), enabled: reads });
  const { data: company } = useQuery({
    ...companyQuery(companyId ?? ''),
    enabled: reads && companyId !== null,
  });
  const { data: history = [] } = useQuery(historyQuery({ requesterId: requester.id }));
  const name = requester.name || requester.email;
  const others = (customer?.addresses ?? []).filter((each) => each !== requester.email);
  const earlier = history.filter(({ id }) => id !== ticket.id).slice(0, 4);
  return (
    <section aria-label={t('field.requester')} className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <Avatar name={name} />
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium" dir="auto">
            {name}
          </p>
          <a
            href={`mailto:${requester.email}`}
            className="block truncate text-xs leading-6 text-muted hover:text-text"
            dir="auto"
          >
            {requester.email}
          </a>
          {others.map((address) => (
            <a
              key={address}
              href={`mailto:${address}`}
              className="block truncate text-xs leading-6 text-muted hover:text-text"
              dir="auto"
            >
              {address}
            </a>
          ))}
          {company && (
            <p className="flex items-center gap-1.5 text-xs leading-6 text-muted">
              <Building2 size={13} className="shrink-0" aria-hidden />
              <bdi className="truncate text-text">{company.name}</bdi>
            </p>
          )}
        </div>
      </div>
      {[customer?.notes, company?.notes].map(
        (notes, index) =>
          notes && (
            <p
              key={index}
              dir="auto"
              className="rounded-lg border border-note-line bg-note px-2.5 py-1.5 text-xs break-words whitespace-pre-wrap"
            >
              {notes}
            </p>
          ),
      )}
      {earlier.length > 0 && (
        <ul aria-label={t('customer.earlier')} className="-mx-2 flex flex-col gap-px">
          {earlier.map((each) => (
            <li key={each.id}>
              <Link
                to="/tickets/$ticketId"
                params={{ ticketId: each.id }}
                search={(before: object) => before}
                className="flex h-7 items-center gap-2 rounded-lg px-2 text-xs hover:bg-hover"
              >
                <StatusIcon status={each.status} labelled />
                <bdi className="min-w-0 flex-1 truncate">{each.subject}</bdi>
                <Time at={each.createdAt} className="shrink-0 text-subtle" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Link
        to="/tickets"
        search={{ requester: requester.id }}
        className="inline-block text-xs leading-6 text-accent-text underline underline-offset-2"
      >
        {customer ? t('customer.all', { count: customer.ticketCount }) : t('ticket.allOfRequester')}
      </Link>
    </section>
  );
}
