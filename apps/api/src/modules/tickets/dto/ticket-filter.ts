import { conditionsOfText } from '../ticket-conditions.js';
import type { TicketFilter } from '../ticket-list-filter.js';
import type { TicketsQuery } from './tickets.query.js';

/** The query as the service takes it; `me` is the caller. Throws ValidationFailed for conditions that are none. */
export function toTicketFilter(query: TicketsQuery, me: string): TicketFilter {
  const { number, status, priority, requesterId, tag, updatedSince, subject } = query;
  const { stateId, type, snoozed, merged, conditions } = query;
  return {
    number,
    status,
    stateId,
    priority,
    type,
    assigneeId: query.assigneeId === 'me' ? me : idOrNone(query.assigneeId),
    teamId: idOrNone(query.teamId),
    requesterId,
    companyId: idOrNone(query.companyId),
    tag,
    updatedSince,
    subject,
    snoozed,
    merged,
    me,
    ...(conditions === undefined ? {} : { conditions: conditionsOfText(conditions) }),
  };
}

function idOrNone(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text;
}
