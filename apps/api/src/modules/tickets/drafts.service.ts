import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { EditConflict, type ConflictingField } from '#core/errors/edit-conflict.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { DraftAttachments } from '#modules/attachments/draft-attachments.service.js';
import type { DraftDto, OwnDraftDto } from './dto/draft.dto.js';
import { draftsOfPerson, draftsOfTicket, putDraft } from './drafts.sql.js';
import { toDraftDto, toOwnDraftDto, type DraftRow, type OwnDraftRow } from './drafts.view.js';
import { sanitiseHtml } from './message-html.js';
import type { DraftKind } from './message-terms.js';
import { TooManyDrafts } from './drafts.exceptions.js';
import { TicketNotFound } from './tickets.exceptions.js';

/** What somebody has typed so far. */
export interface DraftContent {
  html: string;
  /** Absent, the ticket's own. */
  cc?: string[];
  bcc?: string[];
  mentions?: string[];
  attachmentIds?: string[];
}

interface DraftFields {
  html: string;
  cc: string[] | null;
  bcc: string[];
  mentions: string[];
  attachmentIds: string[];
}

/** Drafts that a person has at once. */
const MOST_DRAFTS = 500;
/** Versions of new drafts count from here, seconds since the epoch: see {@link Drafts.put}. */
const FIRST_SECOND = Date.UTC(2026, 0, 1) / 1000;

/**
 * What people are writing, kept on the server: one reply and one note for each person and ticket. Nobody but its writer
 * reads or changes a draft, and nothing that becomes of the ticket touches it. Every method throws PersonMissing for a
 * program.
 */
@Injectable()
export class Drafts {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    private readonly attachments: DraftAttachments,
  ) {}

  /** The caller's drafts on a ticket. Throws {@link TicketNotFound}. */
  async of(ticketId: string): Promise<DraftDto[]> {
    const found = await this.db.sql<DraftRow>(draftsOfTicket, [ticketId, requirePerson()]);
    if (found.length === 0) throw new TicketNotFound();
    const rows = found.filter(({ id }) => id !== null);
    if (rows.length === 0) return [];
    const files = await this.attachments.of(rows.map(({ id }) => id));
    return rows.map((row) => toDraftDto(row, files.get(row.id) ?? []));
  }

  /** The caller's drafts on all tickets, the newest first. */
  async list(page: PageRequest): Promise<Page<OwnDraftDto>> {
    const { cursor, limit, skip } = page;
    const values = [requirePerson(), cursor?.key ?? null, cursor?.id ?? null, limit + 1, skip];
    const rows = await this.db.sql<OwnDraftRow & { counted: number }>(draftsOfPerson, values);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? skip;
    return toPage(
      rows,
      page,
      counted,
      ({ updatedAt, id }) => ({ key: updatedAt, id }),
      ({ counted: _, ...row }) => toOwnDraftDto(row),
    );
  }

  /**
   * Keeps what the caller has typed. `seen` is the version that they know: another window may have gone on with the
   * draft, or sent it. Versions of a new draft go on where none of an earlier one can have been, or a window that still
   * shows the earlier one would write over the new. Throws {@link TicketNotFound}, {@link EditConflict} with what differs,
   * {@link TooManyDrafts}, AttachmentNotFound.
   */
  async put(
    ticketId: string,
    kind: DraftKind,
    content: DraftContent,
    seen: SeenVersion,
  ): Promise<DraftDto> {
    const userId = requirePerson();
    const { cc = null, bcc = [], mentions = [], attachmentIds = [] } = content;
    const html = kept(content.html);
    const fields: DraftFields = { html, cc, bcc, mentions, attachmentIds };
    const known = seen === 'any' ? null : seen === 'none' ? -1 : seen;
    const { now, version: first } = this.newPlace();
    return this.db.transaction(async (tx) => {
      const [row] = await tx.sql<DraftRow>(putDraft, [
        ...[newId(), userId, ticketId, kind, html, cc, bcc, mentions],
        ...[now, known, first],
      ]);
      if (!row) return this.#refuseUnlessSame(tx, { userId, ticketId, kind }, fields);
      if (row.version === first) await this.refuseTooMany(tx, userId);
      return toDraftDto(row, await this.attachments.hold(tx, row.id, attachmentIds));
    });
  }

  /** Throws the caller's draft away. Quiet when there is none. */
  async discard(ticketId: string, kind: DraftKind): Promise<void> {
    await this.db.client.draft.deleteMany({ where: { userId: requirePerson(), ticketId, kind } });
  }

  /** When a draft that begins now began, and the version that it begins with: see {@link put}. */
  newPlace(): { now: string; version: number } {
    const now = this.clock.now();
    const version = Math.floor(now.getTime() / 1000) - FIRST_SECOND;
    return { now: now.toISOString(), version };
  }

  /** Throws {@link TooManyDrafts} when the person has more of them by now than are kept. */
  async refuseTooMany(tx: TenantTransaction, userId: string): Promise<void> {
    await countAlone(tx, `drafts ${userId}`);
    const kept = await tx.draft.count({ where: { userId }, take: MOST_DRAFTS + 1 });
    if (kept > MOST_DRAFTS) throw new TooManyDrafts(MOST_DRAFTS);
  }

  /** The draft as it stands when it says the same; throws {@link EditConflict} otherwise, {@link TicketNotFound}. */
  async #refuseUnlessSame(
    tx: TenantTransaction,
    where: { userId: string; ticketId: string; kind: string },
    yours: DraftFields,
  ): Promise<DraftDto> {
    if ((await tx.ticket.count({ where: { id: where.ticketId } })) === 0)
      throw new TicketNotFound();
    const found = await tx.sql<DraftRow>(draftsOfTicket, [where.ticketId, where.userId]);
    const row = found.find(({ kind }) => kind === where.kind);
    if (!row)
      throw new EditConflict([{ field: 'html', yours: yours.html, theirs: null }], etagOf(0));
    const files = await this.attachments.held(tx, row.id);
    const theirs: DraftFields = { ...row, attachmentIds: files.map(({ id }) => id) };
    const conflicts = differencesOf(yours, theirs);
    if (conflicts.length > 0) throw new EditConflict(conflicts, etagOf(row.version));
    return toDraftDto(row, files);
  }
}

/** Safe HTML of what was typed. What is built too oddly to be cleaned is kept as its words: a draft loses none. */
function kept(typed: string): string {
  const { html, text } = sanitiseHtml(typed);
  if (html !== '' || text.trim() === '') return html;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escaped.replaceAll('\n', '<br>')}</p>`;
}

function differencesOf(yours: DraftFields, theirs: DraftFields): ConflictingField[] {
  return (['html', 'cc', 'bcc', 'mentions', 'attachmentIds'] as const)
    .filter((field) => JSON.stringify(yours[field]) !== JSON.stringify(theirs[field]))
    .map((field) => ({ field, yours: yours[field], theirs: theirs[field] }));
}
