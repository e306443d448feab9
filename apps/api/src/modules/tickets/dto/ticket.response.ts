import { etagOf } from '#core/context/version.js';
import { DataResponse } from '#core/http/responses.js';
import type { TicketDto } from './ticket.dto.js';

/** One ticket, with the tag of its version and the size of its conversation. */
export class TicketResponse extends DataResponse<TicketDto> {
  constructor(ticket: TicketDto) {
    super(ticket, etagOf(ticket.version, ticket.messageCount));
  }
}
