import { Link } from '@tanstack/react-router';
import type { FoundTicket } from '../../api/desk-types.js';
import { useText } from '../../messages/intl.js';
import { Time } from '../../ui/time.js';
import { PriorityIcon, StatusIcon } from '../tickets/status.js';

/** As many places of a ticket as tell why it was found. */
const most = 3;

/** A ticket that was found, and where the words stand in it. */
export function Result({ found: { ticket, matches } }: { found: FoundTicket }) {
  const t = useText();
  const subject = matches.find((match) => match.in === 'subject');
  const rest = matches.filter((match) => match.in !== 'subject').slice(0, most);
  return (
    <li className="border-b border-line">
      <Link
        to="/tickets/$ticketId"
        params={{ ticketId: ticket.id }}
        search={{}}
        className="block rounded-sm px-2 py-3 -outline-offset-2 hover:bg-hover"
      >
        <span className="flex items-center gap-2">
          <StatusIcon status={ticket.status} labelled />
          <span className="text-xs text-subtle tabular-nums">
            {t('ticket.number', { number: ticket.number })}
          </span>
          <span className="min-w-0 flex-1 truncate text-sm font-medium" dir="auto">
            {subject ? <Snippet parts={subject.snippet} /> : ticket.subject}
          </span>
          {ticket.priority !== 'normal' && <PriorityIcon priority={ticket.priority} labelled />}
          <Time at={ticket.updatedAt} className="shrink-0 text-xs text-subtle" />
        </span>
        <span className="mt-0.5 block truncate ps-6 text-xs text-muted">
          <bdi>{ticket.requester.name || ticket.requester.email}</bdi>
        </span>
        {rest.map((match, index) => (
          <span
            key={match.messageId ?? index}
            dir="auto"
            className="mt-1 line-clamp-2 ps-6 text-sm text-muted"
          >
            <Snippet parts={match.snippet} />
          </span>
        ))}
      </Link>
    </li>
  );
}

/** A piece of text with the found words marked. */
function Snippet({ parts }: { parts: { text: string; hit: boolean }[] }) {
  return parts.map(({ text, hit }, index) =>
    hit ? (
      <mark key={index} className="rounded-xs bg-note text-text ring-1 ring-note-line">
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}
