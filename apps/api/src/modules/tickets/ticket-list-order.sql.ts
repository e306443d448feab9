import { limitSql, type AddValue, type PageRequest } from '#core/database/page.js';
import type { Walk } from './ticket-list-choice.js';
import { TICKET_PRIORITIES, type TicketSort } from './ticket-terms.js';

/** What a page is made of: columns and conditions are SQL, and every value in them is a parameter already. */
export interface OrderedPage {
  columns: string;
  /** The count beside each row, as a column. */
  counted: string;
  /** All that must hold, but for what `walks` say. */
  conditions: string[];
  /** Each to be walked by itself, if there are any; no ticket lies in two. */
  walks: Walk[];
  sort: TicketSort;
  page: PageRequest;
  add: AddValue;
}

const COLUMN_OF: Partial<Record<string, { column: string; type: string }>> = {
  updatedAt: { column: 't.updated_at', type: 'timestamptz' },
  createdAt: { column: 't.created_at', type: 'timestamptz' },
  lastMessageAt: { column: 't.last_message_at', type: 'timestamptz' },
  number: { column: 't.number', type: 'int' },
};

/** One page in its order, one row past its end with it, as the text of a statement. */
export function orderedPage(asked: OrderedPage): string {
  return asked.sort === 'priority' || asked.sort === '-priority'
    ? byPriority(asked, asked.sort)
    : byColumn(asked);
}

export function where(conditions: string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

function byColumn({ columns, counted, conditions, walks, sort, page, add }: OrderedPage): string {
  const { cursor, limit, skip } = page;
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  const { column, type } = COLUMN_OF[field]!;
  const direction = descending ? 'desc' : 'asc';
  const after = cursor
    ? [
        `(${column}, t.id) ${descending ? '<' : '>'} (${add(cursor.key)}::${type}, ${add(cursor.id)}::uuid)`,
      ]
    : [];
  const order = `order by ${column} ${direction}, t.id ${direction}`;
  if (walks.length === 0)
    return `select ${columns}, ${counted} from tickets t ${where([...conditions, ...after])}
      ${order} ${limitSql(page, add)}`;
  const most = add(limit + 1 + skip);
  const branches = walks.map((walk) => {
    const these = where([...conditions, `${walk.column} = ${add(walk.value)}`, ...after]);
    return `(select ${columns} from tickets t ${these} ${order} limit ${most})`;
  });
  return `select p.*, ${counted} from (${branches.join(' union all ')}) p
    order by p."${field}" ${direction}, p.id ${direction} ${limitSql(page, add)}`;
}

/**
 * The urgent first (or last), and the last changed first among equals. Each priority is walked along its own index, so
 * that no more than a page of each is read: an order by an expression would sort them all.
 */
function byPriority(
  { columns, counted, conditions, page, add }: OrderedPage,
  sort: 'priority' | '-priority',
): string {
  const { cursor, limit, skip } = page;
  const direction = sort === 'priority' ? 'asc' : 'desc';
  const [rank, milliseconds] = cursor ? cursor.key.split(':').map(Number) : [];
  const most = add(limit + 1 + skip);
  const branches = TICKET_PRIORITIES.flatMap((priority, at) => {
    const isPassed = rank !== undefined && (direction === 'asc' ? at < rank : at > rank);
    if (isPassed) return [];
    const after =
      at === rank
        ? [
            `(t.updated_at, t.id) < (${add(new Date(milliseconds!).toISOString())}::timestamptz, ${add(cursor!.id)}::uuid)`,
          ]
        : [];
    const these = where([...conditions, `t.priority = '${priority}'`, ...after]);
    return `(select ${columns}, ${at} as "rank" from tickets t ${these} order by t.updated_at desc, t.id desc limit ${most})`;
  });
  return `select p.*, ${counted} from (${branches.join(' union all ')}) p
    order by p."rank" ${direction}, p."updatedAt" desc, p.id desc ${limitSql(page, add)}`;
}
