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
import type { ChangeMacroDto, CreateMacroDto } from './dto/macro.dto.js';
import { parseActions } from './macro-actions.js';
import { MacroNotFound, TooManyMacros } from './macros.exceptions.js';
import { macroSelect, toMacroDto, type MacroRow, type VersionedMacro } from './macros.view.js';

/** Macros of one kind: of a person, of a team, of everybody. */
const MOST_MACROS = 500;
/** The list goes by name, and a name is too long for a cursor: it names the row alone. */
const BY_NAME = 'name';

/** Several changes in one: people's own, those of their teams, and everybody's. */
@Injectable()
export class MacrosService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly teams: Teams,
  ) {}

  /** The macros that the caller sees, by name. */
  async list(by: Principal, page: PageRequest): Promise<Page<VersionedMacro>> {
    const where = await this.#seenBy(by);
    const after = page.cursor === null ? {} : await this.#after(page.cursor.id);
    const [rows, counted] = await Promise.all([
      this.db.client.macro.findMany({
        where: { AND: [where, after] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        skip: page.skip,
        take: page.limit + 1,
        select: macroSelect,
      }),
      this.db.client.macro.count({ where, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, ({ id }) => ({ key: BY_NAME, id }), toMacroDto);
  }

  /** One macro. Throws {@link MacroNotFound}, also for one that is somebody else's. */
  async get(by: Principal, id: string): Promise<VersionedMacro> {
    return toMacroDto(await this.#find(this.db.client, id, await this.#seenBy(by)));
  }

  /** Keeps a macro. Throws PermissionMissing, PersonMissing, {@link TooManyMacros}, TeamNotFound, ValidationFailed. */
  async create(by: Principal, macro: CreateMacroDto): Promise<VersionedMacro> {
    const { name, description = '', scope, teamId = null } = macro;
    const actions = parseActions(macro.actions) as object[];
    if ((scope === 'team') !== (teamId !== null))
      throw new ValidationFailed([
        { field: 'teamId', problem: "must be given for a team's macro and for no other" },
      ]);
    requireRight(by, scope);
    if (scope === 'personal' && by.actor.type !== 'user') throw new PersonMissing();
    if (teamId !== null) await this.teams.requireActive(teamId);
    const whose = { scope, teamId, ownerId: scope === 'personal' ? by.actor.id : null };
    const now = this.clock.now();
    const times = { createdAt: now, updatedAt: now };
    const data = { id: newId(), name, description, actions, ...whose, ...times };
    return this.db.transaction(async (tx) => {
      await countAlone(tx, 'macros');
      const others = await tx.macro.count({ where: whose, take: MOST_MACROS });
      if (others === MOST_MACROS) throw new TooManyMacros(MOST_MACROS);
      const row = await tx.macro.create({ data, select: macroSelect });
      this.#record('macro.created', row);
      return toMacroDto(row);
    });
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link MacroNotFound}, PermissionMissing, ValidationFailed, and
   * EditConflict when somebody else changed it after `seen`.
   */
  async change(
    by: Principal,
    id: string,
    given: ChangeMacroDto,
    seen: SeenVersion,
  ): Promise<VersionedMacro> {
    const mine = await this.#seenBy(by);
    const { name, description, actions } = given;
    const change = {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(actions !== undefined && { actions: parseActions(actions) as object[] }),
    };
    return this.db.transaction(async (tx) => {
      const before = await this.#find(tx, id, mine);
      requireRight(by, before.scope);
      requireSeen(seen, before, change);
      const changes = changesOf(before, change);
      if (Object.keys(changes).length === 0) return toMacroDto(before);
      const data = { ...change, version: { increment: 1 }, updatedAt: this.clock.now() };
      // Who said what they saw writes over nothing else; who did not, over whatever stands there.
      const where = seen === 'any' ? { id } : { id, version: before.version };
      const [after] = await tx.macro.updateManyAndReturn({ where, data, select: macroSelect });
      if (!after) {
        requireSeen(seen, await this.#find(tx, id, mine), change);
        throw new MacroNotFound();
      }
      this.#record('macro.changed', after, Object.keys(changes));
      return toMacroDto(after);
    });
  }

  /** Deletes it. Throws {@link MacroNotFound}, PermissionMissing. */
  async delete(by: Principal, id: string): Promise<void> {
    const mine = await this.#seenBy(by);
    await this.db.transaction(async (tx) => {
      const row = await this.#find(tx, id, mine);
      requireRight(by, row.scope);
      const { count } = await tx.macro.deleteMany({ where: { id } });
      if (count > 0) this.#record('macro.deleted', row);
    });
  }

  async #find(client: TenantClient, id: string, mine: object): Promise<MacroRow> {
    const row = await client.macro.findFirst({
      where: { AND: [{ id }, mine] },
      select: macroSelect,
    });
    if (!row) throw new MacroNotFound();
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
    const last = await this.db.client.macro.findFirst({ where: { id }, select: { name: true } });
    if (!last)
      throw new ValidationFailed([
        { field: 'cursor', problem: 'names a macro that is gone: start without it' },
      ]);
    return { OR: [{ name: { gt: last.name } }, { name: last.name, id: { gt: id } }] };
  }

  #record(type: string, row: MacroRow, fields?: string[]): void {
    const { name, scope, teamId } = row;
    // What people call their own is nobody else's business, and the log is for many readers.
    const data = { ...(scope !== 'personal' && { name }), scope, teamId };
    const subject = { type: 'macro', id: row.id };
    this.ledger.record({ type, subject, data: fields ? { ...data, fields } : data });
  }
}

/** What others use too is set up by who may set up the desk. */
function requireRight({ permissions }: Principal, scope: string): void {
  if (scope !== 'personal' && !permissions.has('desk:write'))
    throw new PermissionMissing('desk:write');
}
