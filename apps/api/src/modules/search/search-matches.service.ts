import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import type { SearchMatchDto } from './dto/found-ticket.dto.js';
import { messagesWith } from './search.sql.js';
import { snippetOf } from './snippet.js';

interface Piece {
  ticketId: string;
  id: string;
  piece: string;
  isCut: boolean;
}

/** Where the words stand in what was found: made of the texts themselves, as the reader may see them. */
@Injectable()
export class SearchMatches {
  constructor(private readonly db: TenantDb) {}

  /** Of each ticket the places where one of `stems` stands. Notes only with `notes`. */
  async of(
    tickets: readonly TicketDto[],
    stems: readonly string[],
    notes: boolean,
  ): Promise<Map<string, SearchMatchDto[]>> {
    if (stems.length === 0 || tickets.length === 0) return new Map();
    const ids = tickets.map(({ id }) => id);
    const pieces = await this.db.sql<Piece>(messagesWith, [ids, stems, notes]);
    const saidOn = new Map(pieces.map((piece) => [piece.ticketId, piece]));
    return new Map(
      tickets.map((ticket) => [ticket.id, matchesOf(ticket, saidOn.get(ticket.id), stems)]),
    );
  }
}

function matchesOf(
  { subject, requester }: TicketDto,
  said: Piece | undefined,
  stems: readonly string[],
): SearchMatchDto[] {
  const inSubject = snippetOf(subject, stems);
  const inMessage = said ? snippetOf(said.piece, stems, said.isCut) : null;
  const inCustomer = snippetOf(`${requester.name} <${requester.email}>`, stems);
  return [
    ...(inSubject ? [{ in: 'subject' as const, messageId: null, snippet: inSubject }] : []),
    ...(inMessage ? [{ in: 'message' as const, messageId: said!.id, snippet: inMessage }] : []),
    ...(inCustomer ? [{ in: 'customer' as const, messageId: null, snippet: inCustomer }] : []),
  ];
}
