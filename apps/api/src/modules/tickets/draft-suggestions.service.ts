import { Injectable } from '@nestjs/common';
import { currentActor } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { UsersService } from '#modules/users/users.service.js';
import { DraftExists, DraftForNobody, DraftForReader } from './drafts.exceptions.js';
import { Drafts } from './drafts.service.js';
import { putDraft } from './drafts.sql.js';
import type { DraftRow } from './drafts.view.js';
import { ticketById } from './tickets.sql.js';
import { TicketIsMerged, TicketNotFound } from './tickets.exceptions.js';
import type { TicketRow } from './tickets.view.js';

/**
 * Replies that a program proposes. A program has no drafts of its own: what it writes becomes the draft of a person, who
 * alone can send it, and who keeps what they were writing themself.
 */
@Injectable()
export class DraftSuggestions {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly users: UsersService,
    private readonly rights: UserRights,
    private readonly drafts: Drafts,
  ) {}

  /**
   * Leaves plain `text` as the reply draft of a person: the caller, the one named, else the assignee. Gives whose it
   * became. Throws {@link TicketNotFound}, {@link TicketIsMerged}, UserNotFound, {@link DraftForNobody},
   * {@link DraftForReader}, {@link DraftExists}, TooManyDrafts.
   */
  async leave(
    ticketId: string,
    suggestion: { text: string; userId?: string },
  ): Promise<{ userId: string }> {
    const [asked] = await this.db.sql<TicketRow>(ticketById, [ticketId]);
    if (!asked) throw new TicketNotFound();
    const userId = suggestion.userId ?? addressee(asked);
    if (userId === null) throw new DraftForNobody();
    const person = (await this.rights.of([userId])).get(userId);
    if (person?.permissions.has('tickets:write') === false) throw new DraftForReader();
    return this.db.transaction(async (tx) => {
      const [ticket] = await tx.sql<TicketRow>(ticketById, [ticketId]);
      if (!ticket) throw new TicketNotFound();
      if (ticket.mergedIntoId !== null)
        throw new TicketIsMerged(ticket.mergedIntoId, ticket.mergedIntoNumber ?? null);
      await this.users.getActive(userId, tx);
      const place = this.drafts.newPlace();
      const [row] = await tx.sql<DraftRow>(putDraft, [
        ...[newId(), userId, ticketId, 'reply', toHtml(suggestion.text), null, [], []],
        ...[place.now, NONE_YET, place.version],
      ]);
      if (!row) throw new DraftExists();
      await this.drafts.refuseTooMany(tx, userId);
      this.ledger.record({
        type: 'ticket.draft_suggested',
        subject: { type: 'ticket', id: ticketId },
        data: { number: ticket.number, userId },
      });
      return { userId };
    });
  }
}

/** As `putDraft` takes it: the writer knows that there is no draft. */
const NONE_YET = 0;

/** A person who asks a program for words gets them themself. */
function addressee({ assigneeId }: TicketRow): string | null {
  const { type, id } = currentActor();
  return type === 'user' ? id : assigneeId;
}

function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>')}</p>`)
    .join('');
}
