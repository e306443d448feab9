import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { createContext, use, type ReactNode } from 'react';
import type { CustomField, TicketState, Team } from '../../api/desk-types.js';
import type { Ticket } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Time } from '../../ui/time.js';
import { companyQuery, fieldsQuery, statesQuery, teamsQuery } from '../desk/queries.js';
import { PriorityIcon, StatusIcon } from '../tickets/status.js';
import type { TicketRowProps } from '../tickets/ticket-row.js';
import { widthOf } from './columns.js';

/** The columns that the rows below show. */
export const Columns = createContext<string[]>([]);

/** The width of every column, as a grid has it; the first place is for the box that chooses. */
export const gridOf = (columns: string[]) => `1.75rem ${columns.map(widthOf).join(' ')}`;

/** A ticket in the columns of its view. */
export function ColumnRow({ ticket, search, current, selected, ...focus }: TicketRowProps) {
  const columns = use(Columns);
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled: columns.includes('team') });
  const { data: states = [] } = useQuery({ ...statesQuery, enabled: columns.includes('state') });
  const { data: fields = [] } = useQuery({
    ...fieldsQuery,
    enabled: columns.some((column) => column.startsWith('fields.')),
  });
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.id }}
      search={search}
      data-ticket={ticket.id}
      aria-current={current ? 'true' : undefined}
      {...focus}
      style={{ gridTemplateColumns: gridOf(columns) }}
      className={clsx(
        'grid h-full items-center gap-x-3 border-b border-line px-3 text-sm -outline-offset-2',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span />
      {columns.map((column) => (
        <span key={column} className="flex min-w-0 items-center gap-1.5">
          <Cell column={column} ticket={ticket} known={{ teams, states, fields }} />
        </span>
      ))}
    </Link>
  );
}

interface Known {
  teams: Team[];
  states: TicketState[];
  fields: CustomField[];
}

function Cell(props: { column: string; ticket: Ticket; known: Known }): ReactNode {
  const t = useText();
  const { column, ticket, known } = props;
  const deep = ticket as Ticket & {
    teamId?: string | null;
    stateId?: string;
    type?: string | null;
    companyId?: string | null;
  };
  switch (column) {
    case 'number':
      return (
        <span className="text-subtle tabular-nums">
          {t('ticket.number', { number: ticket.number })}
        </span>
      );
    case 'subject':
      return (
        <span className="truncate font-medium" dir="auto">
          {ticket.subject}
        </span>
      );
    case 'requester':
      return <bdi className="truncate">{ticket.requester.name || ticket.requester.email}</bdi>;
    case 'status':
      return (
        <>
          <StatusIcon status={ticket.status} />
          <span className="truncate">{t(`status.${ticket.status}`)}</span>
        </>
      );
    case 'state':
      return named(known.states, deep.stateId);
    case 'team':
      return named(known.teams, deep.teamId);
    case 'assignee':
      return ticket.assignee && <bdi className="truncate">{ticket.assignee.name}</bdi>;
    case 'priority':
      return (
        <>
          <PriorityIcon priority={ticket.priority} />
          <span className="truncate">{t(`priority.${ticket.priority}`)}</span>
        </>
      );
    case 'type':
      return (
        deep.type && (
          <span className="truncate">{t(`ticketType.${deep.type}` as 'ticketType.task')}</span>
        )
      );
    case 'tags':
      return <bdi className="truncate text-muted">{ticket.tags.join(', ')}</bdi>;
    case 'channel':
      return t(`channel.${ticket.channel}`);
    case 'messageCount':
      return <span className="text-subtle tabular-nums">{ticket.messageCount}</span>;
    case 'company':
      return deep.companyId && <Company id={deep.companyId} />;
    case 'createdAt':
    case 'updatedAt':
    case 'lastMessageAt':
    case 'closedAt':
    case 'snoozedUntil':
      return <At at={(ticket as unknown as Record<string, string | null | undefined>)[column]} />;
    default:
      return <OwnField column={column} ticket={ticket} fields={known.fields} />;
  }
}

/** Few tickets of a screen are of different companies, and each is asked for once. */
function Company({ id }: { id: string }) {
  const { data } = useQuery(companyQuery(id));
  return data ? <bdi className="truncate">{data.name}</bdi> : null;
}

function At({ at }: { at: string | null | undefined }) {
  return at ? <Time at={at} className="text-subtle tabular-nums" /> : null;
}

function named(all: { id: string; name: string }[], id: string | null | undefined): ReactNode {
  const name = all.find((each) => each.id === id)?.name;
  return name ? <bdi className="truncate">{name}</bdi> : null;
}

function OwnField(props: { column: string; ticket: Ticket; fields: CustomField[] }) {
  const t = useText();
  const field = props.fields.find(({ key }) => `fields.${key}` === props.column);
  const value = (props.ticket as { fields?: Record<string, unknown> }).fields?.[field?.key ?? ''];
  if (!field || value === undefined || value === null) return null;
  const said = (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one === 'boolean') return t(one ? 'viewEditor.yes' : 'viewEditor.no');
    return field.options.find(({ id }) => id === one)?.name ?? String(one);
  });
  return <bdi className="truncate">{said.join(', ')}</bdi>;
}
