import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Ticket } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Skeleton } from '../../ui/states.js';
import { StatusIcon } from '../tickets/status.js';
import { ticketChoicesQuery } from '../tickets/ticket-queries.js';

const typingMs = 180;

interface TicketChooserProps {
  label: string;
  /** The ticket that is not offered: the one that is open. */
  except: string;
  chosen: string[];
  onToggle: (ticket: Ticket) => void;
}

/** Finds tickets by words of their subject or by their number, and marks those that are meant. */
export function TicketChooser({ label, except, chosen, onToggle }: TicketChooserProps) {
  const t = useText();
  const id = useId();
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), typingMs);
    return () => clearTimeout(timer);
  }, [words]);
  const { data, isPending } = useQuery({
    ...ticketChoicesQuery(asked),
    placeholderData: (before) => before,
  });
  const tickets = data?.filter((ticket) => ticket.id !== except) ?? [];
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        data-autofocus
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('choose.hint')}
        autoComplete="off"
        dir="auto"
        className="field"
      />
      <div className="mt-2 h-52 overflow-y-auto rounded-lg border border-line bg-surface p-1">
        {isPending && <Skeleton rows={4}>{() => <div className="skeleton m-2 h-5" />}</Skeleton>}
        {!isPending && tickets.length === 0 && (
          <p role="status" className="px-3 py-8 text-center text-sm text-muted">
            {t('choose.none')}
          </p>
        )}
        <ul>
          {tickets.map((ticket) => {
            const isChosen = chosen.includes(ticket.id);
            return (
              <li key={ticket.id}>
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => onToggle(ticket)}
                  className="flex min-h-9 w-full items-center gap-2 rounded-lg px-2 text-start text-sm hover:bg-hover aria-pressed:bg-selected"
                >
                  <StatusIcon status={ticket.status} labelled />
                  <span className="text-xs text-subtle tabular-nums">
                    {t('ticket.number', { number: ticket.number })}
                  </span>
                  <span className="min-w-0 flex-1">
                    <bdi className="block truncate">{ticket.subject}</bdi>
                    <bdi className="block truncate text-xs text-muted">
                      {ticket.requester.name || ticket.requester.email}
                    </bdi>
                  </span>
                  {isChosen && <Check size={15} className="text-accent-text" aria-hidden />}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
