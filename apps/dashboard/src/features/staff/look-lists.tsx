import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Inbox, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Loaded } from '../../ui/loaded.js';
import { PlainText } from '../../ui/plain-text.js';
import { Time } from '../../ui/time.js';
import { StaffList } from './list.js';
import {
  lookedCustomersQuery,
  lookedPeopleQuery,
  lookedTicketQuery,
  lookedTicketsQuery,
} from './look.js';

interface LookProps {
  accessId: string;
}

/** The tickets of the organization, the newest first. */
export function LookedTickets({ accessId }: LookProps) {
  const t = useText();
  const query = useInfiniteQuery(lookedTicketsQuery(accessId));
  return (
    <StaffList
      query={query}
      label={t('support.scope.tickets')}
      empty={{ icon: Inbox, title: t('staff.none') }}
    >
      {({ id, number, subject, requester, status, createdAt }) => (
        <li key={id} className="border-b border-line">
          <Link
            to="/staff/looks/$accessId"
            params={{ accessId }}
            search={{ ticket: id }}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-1 py-2.5 text-sm -outline-offset-2 hover:bg-hover"
          >
            <span className="text-xs text-subtle tabular-nums" dir="ltr">
              #{number}
            </span>
            <span className="min-w-0 flex-1 basis-44">
              <span className="block truncate font-medium">
                <bdi>{subject}</bdi>
              </span>
              <span className="block truncate text-xs text-muted">
                <bdi>{requester.name}</bdi>
              </span>
            </span>
            <Badge>{t(`status.${status}`)}</Badge>
            <Time at={createdAt} className="w-20 text-end text-xs text-subtle" />
          </Link>
        </li>
      )}
    </StaffList>
  );
}

/** One ticket with what was written on it, to be read alone. */
export function LookedTicket({ accessId, ticketId }: LookProps & { ticketId: string }) {
  const t = useText();
  const query = useQuery(lookedTicketQuery(accessId, ticketId));
  return (
    <>
      <Link
        to="/staff/looks/$accessId"
        params={{ accessId }}
        search={{}}
        className="mb-3 inline-flex items-center gap-1 text-sm text-muted hover:text-text"
      >
        <ArrowLeft size={14} className="rtl:-scale-x-100" aria-hidden />
        {t('support.scope.tickets')}
      </Link>
      <Loaded query={query} rows={4}>
        {({ ticket, messages }) => (
          <article aria-label={ticket.subject}>
            <h2 className="text-lg font-semibold break-words">
              <bdi>{ticket.subject}</bdi>
            </h2>
            <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-muted">
              <bdi dir="ltr">#{ticket.number}</bdi>
              <Badge>{t(`status.${ticket.status}`)}</Badge>
              <bdi>{ticket.requester.email}</bdi>
            </p>
            <ul className="mt-4 space-y-3">
              {messages.map(({ id, kind, author, body, createdAt }) => (
                <li
                  key={id}
                  className={`rounded-xl border p-3 ${kind === 'note' ? 'border-note-line bg-note' : 'border-line bg-raised'}`}
                >
                  <p className="mb-1 flex flex-wrap items-center gap-2 text-xs text-muted">
                    <bdi className="font-medium text-text">{author.name}</bdi>
                    {kind === 'note' && <Badge tone="warn">{t('action.note')}</Badge>}
                    <Time at={createdAt} />
                  </p>
                  <PlainText text={body} />
                </li>
              ))}
            </ul>
          </article>
        )}
      </Loaded>
    </>
  );
}

/** Who asked the organization for something. */
export function LookedCustomers({ accessId }: LookProps) {
  const t = useText();
  const query = useInfiniteQuery(lookedCustomersQuery(accessId));
  return (
    <StaffList
      query={query}
      label={t('support.scope.customers')}
      empty={{ icon: Users, title: t('staff.none') }}
    >
      {({ id, name, email, createdAt }) => (
        <Somebody key={id} name={name} email={email} said={<Time at={createdAt} />} />
      )}
    </StaffList>
  );
}

/** Who works in the organization. */
export function LookedPeople({ accessId }: LookProps) {
  const t = useText();
  const query = useInfiniteQuery(lookedPeopleQuery(accessId));
  return (
    <StaffList
      query={query}
      label={t('support.scope.users')}
      empty={{ icon: Users, title: t('staff.none') }}
    >
      {({ id, name, email, roleName }) => (
        <Somebody key={id} name={name} email={email} said={<bdi>{roleName}</bdi>} />
      )}
    </StaffList>
  );
}

function Somebody(props: { name: string; email: string; said: ReactNode }) {
  return (
    <li className="flex items-center gap-3 border-b border-line px-1 py-2.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">
          <bdi>{props.name}</bdi>
        </span>
        <span className="block truncate text-xs text-muted">
          <bdi>{props.email}</bdi>
        </span>
      </span>
      <span className="text-xs text-subtle">{props.said}</span>
    </li>
  );
}
