import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { changesOf, requireSeen, type SeenVersion } from '#core/context/version.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PermissionMissing, PersonMissing } from '#core/tenancy/access.exceptions.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Teams } from '#modules/teams/teams.service.js';
import { MessageHtml } from '#modules/tickets/message-html.service.js';
import type { CannedReplyDto, ReplyScope } from './dto/canned-reply.dto.js';
import { Placeholders } from './placeholders.service.js';
import { CannedReplyNotFound, TooManyCannedReplies } from './replies.exceptions.js';
import { cannedReplySelect, toCannedReplyDto, type CannedReplyRow } from './replies.view.js';

export interface NewCannedReply {
  name: string;
  html: string;
  scope: ReplyScope;
  teamId?: string;
}

export interface CannedReplyChange {
  name?: string;
  html?: string;
}

/** Canned replies of one kind: of a person, of a team, of everybody. */
const MOST_REPLIES = 500;
/** The list goes by name, and a name is too long for a cursor: it names the row alone. */
const BY_NAME = 'name';

/** Texts that are said often: people's own, those of their teams, and everybody's. */
@Injectable()
export class RepliesService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly teams: Teams,
    private readonly messages: MessageHtml,
    private readonly placeholders: Placeholders,
  ) {}

  /** The canned replies that the caller sees, by name. */
  async list(by: Principal, q: string, page: PageRequest): Promise<Page<CannedReplyDto>> {
    const words = q.trim().replace(/[\\%_]/g, '\\$&');
    const named = words === '' ? {} : { name: { contains: words, mode: 'insensitive' as const } };
    const where = { AND: [await this.#seenBy(by), named] };
    const after = page.cursor === null ? {} : await this.#after(page.cursor.id);
    const [rows, counted] = await Promise.all([
      this.db.client.cannedReply.findMany({
        where: { AND: [where, after] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        skip: page.skip,
        take: page.limit + 1,
        select: cannedReplySelect,
      }),
      this.db.client.cannedReply.count({ where, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, ({ id }) => ({ key: BY_NAME, id }), toCannedReplyDto);
  }

  /** One canned reply. Throws {@link CannedReplyNotFound}, also for one that is somebody else's. */
  async get(by: Principal, id: string): Promise<CannedReplyDto> {
    return toCannedReplyDto(await this.#find(this.db.client, id, await this.#seenBy(by)));
  }

  /** Its text for a ticket, with its places filled. Throws {@link CannedReplyNotFound}, TicketNotFound. */
  async render(by: Principal, id: string, ticketId: string): Promise<{ html: string }> {
    const { html } = await this.get(by, id);
    return { html: await this.placeholders.fill(html, ticketId) };
  }

  /** Keeps a canned reply. Throws PermissionMissing, PersonMissing, {@link TooManyCannedReplies}, TeamNotFound, ValidationFailed. */
  async create(by: Principal, reply: NewCannedReply): Promise<CannedReplyDto> {
    const { name, scope, teamId = null } = reply;
    if ((scope === 'team') !== (teamId !== null))
      throw new ValidationFailed([
        { field: 'teamId', problem: "must be given for a team's reply and for no other" },
      ]);
    requireRight(by, scope);
    if (scope === 'personal' && by.actor.type !== 'user') throw new PersonMissing();
    if (teamId !== null) await this.teams.requireActive(teamId);
    const whose = { scope, teamId, ownerId: scope === 'personal' ? by.actor.id : null };
    const now = this.clock.now();
    const times = { createdAt: now, updatedAt: now };
    const data = { id: newId(), name, html: this.#clean(reply.html), ...whose, ...times };
    return this.db.transaction(async (tx) => {
      await countAlone(tx, 'canned replies');
      const others = await tx.cannedReply.count({ where: whose, take: MOST_REPLIES });
      if (others === MOST_REPLIES) throw new TooManyCannedReplies(MOST_REPLIES);
      const row = await tx.cannedReply.create({ data, select: cannedReplySelect });
      this.#record('canned_reply.created', row);
      return toCannedReplyDto(row);
    });
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link CannedReplyNotFound}, PermissionMissing, and EditConflict
   * when somebody else changed it after `seen`.
   */
  async change(
    by: Principal,
    id: string,
    given: CannedReplyChange,
    seen: SeenVersion,
  ): Promise<CannedReplyDto> {
    const mine = await this.#seenBy(by);
    const { name, html } = given;
    const change = {
      ...(name !== undefined && { name }),
      ...(html !== undefined && { html: this.#clean(html) }),
    };
    return this.db.transaction(async (tx) => {
      const before = await this.#find(tx, id, mine);
      requireRight(by, before.scope);
      requireSeen(seen, before, change);
      const changes = changesOf(before, change);
      if (Object.keys(changes).length === 0) return toCannedReplyDto(before);
      const [after] = await tx.cannedReply.updateManyAndReturn({
        where: { id, version: before.version },
        data: { ...change, version: before.version + 1, updatedAt: this.clock.now() },
        select: cannedReplySelect,
      });
      // Somebody changed it at this very moment: who said what they saw is told, who did not writes over it.
      if (!after) return this.#changeAnyway(tx, id, change, seen);
      this.#record('canned_reply.changed', after, Object.keys(changes));
      return toCannedReplyDto(after);
    });
  }

  /** Deletes it. Quiet when it is gone. Throws PermissionMissing. */
  async delete(by: Principal, id: string): Promise<void> {
    const mine = await this.#seenBy(by);
    await this.db.transaction(async (tx) => {
      const row = await tx.cannedReply.findFirst({
        where: { AND: [{ id }, mine] },
        select: cannedReplySelect,
      });
      if (!row) throw new CannedReplyNotFound();
      requireRight(by, row.scope);
      const { count } = await tx.cannedReply.deleteMany({ where: { id } });
      if (count > 0) this.#record('canned_reply.deleted', row);
    });
  }

  async #changeAnyway(
    tx: TenantClient,
    id: string,
    change: CannedReplyChange,
    seen: SeenVersion,
  ): Promise<CannedReplyDto> {
    const now = await this.#find(tx, id, {});
    requireSeen(seen, now, change);
    const [after] = await tx.cannedReply.updateManyAndReturn({
      where: { id },
      data: { ...change, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: cannedReplySelect,
    });
    if (!after) throw new CannedReplyNotFound();
    this.#record('canned_reply.changed', after, Object.keys(change));
    return toCannedReplyDto(after);
  }

  async #find(client: TenantClient, id: string, mine: object): Promise<CannedReplyRow> {
    const where = { AND: [{ id }, mine] };
    const row = await client.cannedReply.findFirst({ where, select: cannedReplySelect });
    if (!row) throw new CannedReplyNotFound();
    return row;
  }

  /** The filter of those that the caller sees. Whoever sets up the desk sees what all teams share. */
  async #seenBy({ actor, permissions }: Principal): Promise<object> {
    const own = actor.type === 'user' ? [{ ownerId: actor.id }] : [];
    if (permissions.has('desk:write')) return { OR: [...own, { scope: { not: 'personal' } }] };
    const teams = actor.type === 'user' ? await this.teams.idsOf(actor.id) : [];
    return { OR: [...own, { scope: 'organization' }, { teamId: { in: teams } }] };
  }

  /** What comes after the row that a cursor names. Throws ValidationFailed when it is gone. */
  async #after(id: string): Promise<object> {
    const last = await this.db.client.cannedReply.findFirst({
      where: { id },
      select: { name: true },
    });
    if (!last)
      throw new ValidationFailed([
        { field: 'cursor', problem: 'names a reply that is gone: start without it' },
      ]);
    return { OR: [{ name: { gt: last.name } }, { name: last.name, id: { gt: id } }] };
  }

  #clean(html: string): string {
    const clean = this.messages.clean(html).html;
    if (clean === '') throw new ValidationFailed([{ field: 'html', problem: 'must not be empty' }]);
    return clean;
  }

  #record(type: string, row: CannedReplyRow, fields?: string[]): void {
    const { name, scope, teamId } = row;
    // What people call their own is nobody else's business, and the log is for many readers.
    const data = { ...(scope !== 'personal' && { name }), scope, teamId };
    const subject = { type: 'canned_reply', id: row.id };
    this.ledger.record({ type, subject, data: fields ? { ...data, fields } : data });
  }
}

/** What others use too is set up by who may set up the desk. */
function requireRight({ permissions }: Principal, scope: string): void {
  if (scope !== 'personal' && !permissions.has('desk:write'))
    throw new PermissionMissing('desk:write');
}
