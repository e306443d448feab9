import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import type { Ticket } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Time } from '../../ui/time.js';
import { ariaKeys } from '../shortcuts/catalogue.js';
import type { TicketSearch } from './search.js';
import { PriorityIcon, StatusIcon } from './status.js';

export interface TicketRowProps extends Pick<ComponentProps<'a'>, 'ref' | 'tabIndex' | 'onFocus'> {
  ticket: Ticket;
  search: TicketSearch;
  current: boolean;
  selected: boolean;
}

/** A ticket in the queue: who, when, what, and in which state. */
export function TicketRow({ ticket, search, current, selected, ...focus }: TicketRowProps) {
  const t = useText();
  const { requester, assignee } = ticket;
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.id }}
      search={search}
      data-ticket={ticket.id}
      aria-keyshortcuts={ariaKeys('select')}
      aria-current={current ? 'true' : undefined}
      {...focus}
      className={clsx(
        'flex h-full flex-col justify-center gap-1 border-b border-line px-3 -outline-offset-2',
        'rounded-[1px] compact:gap-0',
        current || selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span className="flex items-center gap-2">
        <span className="state-place flex">
          <StatusIcon status={ticket.status} labelled />
        </span>
        <span className="flex min-w-0 flex-1">
          <span className="truncate text-sm font-medium" dir="auto">
            {ticket.subject}
          </span>
        </span>
        <Time at={ticket.updatedAt} className="shrink-0 text-xs text-subtle tabular-nums" />
      </span>
      <span className="flex items-center gap-2 ps-6 text-xs text-muted">
        <span className="shrink-0 text-subtle tabular-nums">
          {t('ticket.number', { number: ticket.number })}
        </span>
        <bdi className="min-w-0 truncate">{requester.name || requester.email}</bdi>
        <span className="ms-auto flex shrink-0 items-center gap-2">
          {ticket.tags.slice(0, 1).map((tag) => (
            <span
              key={tag}
              className="max-w-24 truncate rounded-full border border-line px-1.5 text-2xs leading-4 text-muted"
            >
              {tag}
            </span>
          ))}
          {ticket.priority !== 'normal' && <PriorityIcon priority={ticket.priority} labelled />}
          {assignee ? (
            <span title={t('ticket.assignedTo', { name: assignee.name })}>
              <Avatar name={assignee.name} ours size="small" />
              <span className="sr-only">{t('ticket.assignedTo', { name: assignee.name })}</span>
            </span>
          ) : (
            <span
              className="size-5 shrink-0 rounded-full border border-dashed border-edge"
              aria-hidden="true"
            />
          )}
        </span>
      </span>
    </Link>
  );
}

interface RowBoxProps {
  ticket: Ticket;
  checked: boolean;
  shown: boolean;
  tabIndex: number;
  onChoose: (range: boolean) => void;
}

/** The box that chooses a ticket; it takes the place of the state while one points at the row. */
export function RowBox({ ticket, checked, shown, tabIndex, onChoose }: RowBoxProps) {
  const t = useText();
  return (
    <label
      className={clsx(
        'row-box absolute start-1.5 top-0 z-10 flex h-10 w-7 items-center justify-center compact:h-8',
        shown && 'shown',
      )}
    >
      <input
        type="checkbox"
        aria-label={t('queue.select', { number: ticket.number })}
        checked={checked}
        tabIndex={tabIndex}
        // The click knows of the Shift key, the change does not.
        onClick={(event) => onChoose(event.shiftKey)}
        onChange={() => undefined}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}
