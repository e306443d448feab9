import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor, type Actor } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { etagOf, isDifferent, type SeenVersion } from '#core/context/version.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { EditConflict } from '#core/errors/edit-conflict.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Teams } from '#modules/teams/teams.service.js';
import {
  parseConditions,
  TicketList,
  type TicketConditions,
} from '#modules/tickets/ticket-list.service.js';
import type { ViewDto } from './dto/view.dto.js';
import type { ViewScope } from './dto/view-terms.js';
import { SharedViewRefused, TooManyViews, ViewNotFound, ViewOfNobody } from './views.exceptions.js';
import { toViewDto, viewSelect, type ViewRow } from './views.view.js';

export interface NewView {
  name: string;
  scope: ViewScope;
  teamId?: string;
  conditions: unknown;
  columns?: string[];
  sort?: string;
  position?: number;
}

export type ViewChange = Partial<Omit<NewView, 'scope' | 'teamId'>>;

/** Views of an organization, and of one person. */
const MOST_VIEWS = 200;
/** Characters of what one asks for, as JSON: it goes out with every list of views. */
const LONGEST_CONDITIONS = 20_000;

/** Lists that people keep: their own, those of their teams, and everybody's. */
@Injectable()
export class ViewsService implements OnModuleInit {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly teams: Teams,
    private readonly tickets: TicketList,
  ) {}

  onModuleInit(): void {
    this.tickets.lookUpViewsBy((viewId) => this.conditionsOf(viewId));
  }

  /** The views that the caller sees, in their order. */
  async list(page: PageRequest): Promise<Page<ViewDto>> {
    const where = await this.#seenBy(currentActor());
    const { cursor, skip, limit } = page;
    const after = cursor && {
      OR: [
        { position: { gt: Number(cursor.key) } },
        { position: Number(cursor.key), id: { gt: cursor.id } },
      ],
    };
    const [rows, counted] = await Promise.all([
      this.db.client.view.findMany({
        where: after ? { AND: [where, after] } : where,
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        skip,
        take: limit + 1,
        select: viewSelect,
      }),
      this.db.client.view.count({ where, take: COUNTED_AT_MOST }),
    ]);
    return toPage(
      rows,
      page,
      counted,
      ({ position, id }) => ({ key: String(position), id }),
      toViewDto,
    );
  }

  /** One view. Throws {@link ViewNotFound}, also for one that is somebody else's. */
  async get(id: string): Promise<ViewDto> {
    const where = { AND: [{ id }, await this.#seenBy(currentActor())] };
    const row = await this.db.client.view.findFirst({ where, select: viewSelect });
    if (!row) throw new ViewNotFound();
    return toViewDto(row);
  }

  /** Those of `ids` that the caller sees, in their order. */
  async some(ids: readonly string[]): Promise<{ id: string; conditions: TicketConditions }[]> {
    const where = { AND: [{ id: { in: [...ids] } }, await this.#seenBy(currentActor())] };
    const rows = await this.db.client.view.findMany({
      where,
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, conditions: true },
    });
    return rows.map(({ id, conditions }) => ({
      id,
      conditions: conditions as unknown as TicketConditions,
    }));
  }

  /** What the view asks for. Throws {@link ViewNotFound}. */
  async conditionsOf(id: string): Promise<TicketConditions> {
    return (await this.get(id)).conditions as unknown as TicketConditions;
  }

  /**
   * Keeps a view. Throws {@link SharedViewRefused}, {@link ViewOfNobody}, {@link TooManyViews}, TeamNotFound, and
   * ValidationFailed for conditions that are none.
   */
  async create(by: Principal, view: NewView): Promise<ViewDto> {
    const { scope, teamId } = view;
    if ((scope === 'team') !== (teamId !== undefined))
      throw new ValidationFailed([
        { field: 'teamId', problem: "must be given for a team's view and for no other" },
      ]);
    this.#requireRight(by, scope);
    if (scope === 'personal' && by.actor.type !== 'user') throw new ViewOfNobody();
    if (teamId !== undefined) await this.teams.requireActive(teamId);
    const ownerId = scope === 'personal' ? by.actor.id : null;
    const data = {
      ...{ id: newId(), name: view.name, scope, ownerId, teamId: teamId ?? null },
      ...{ columns: view.columns ?? [], sort: view.sort ?? '-updatedAt' },
      ...{ position: view.position ?? 0, conditions: kept(view.conditions) },
    };
    const row = await this.db.transaction(async (tx) => {
      await countAlone(tx, 'views');
      const others = await tx.view.count({ where: { scope, ownerId }, take: MOST_VIEWS });
      if (others === MOST_VIEWS) throw new TooManyViews(MOST_VIEWS);
      await tx.view.createMany({ data: [data] });
      this.#record('view.created', data);
      return tx.view.findFirstOrThrow({ where: { id: data.id }, select: viewSelect });
    });
    return toViewDto(row);
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link ViewNotFound}, {@link SharedViewRefused},
   * ValidationFailed, and EditConflict when somebody else changed it after `seen`.
   */
  async change(by: Principal, id: string, change: ViewChange, seen: SeenVersion): Promise<ViewDto> {
    const conditions =
      change.conditions === undefined ? {} : { conditions: kept(change.conditions) };
    const row = await this.db.transaction(async (tx) => {
      const before = await this.#toChange(by, id, (where) =>
        tx.view.findFirst({ where, select: viewSelect }),
      );
      const after: Partial<ViewRow> = { ...change, ...conditions };
      const fields = (Object.keys(after) as (keyof ViewRow)[]).filter(
        (field) => after[field] !== undefined && isDifferent(before[field], after[field]),
      );
      if (fields.length === 0) return before;
      this.#requireSeen(before, after, fields, seen);
      const data = Object.fromEntries(fields.map((field) => [field, after[field]]));
      const { count } = await tx.view.updateMany({
        where: { id, version: before.version },
        data: { ...data, version: before.version + 1, updatedAt: this.clock.now() },
      });
      const now = await tx.view.findFirst({ where: { id }, select: viewSelect });
      if (!now) throw new ViewNotFound();
      if (count === 0) this.#requireSeen(now, after, fields, 'none');
      this.#record('view.changed', now, fields);
      return now;
    });
    return toViewDto(row);
  }

  /** Throws the view away; no ticket is touched. Throws {@link ViewNotFound}, {@link SharedViewRefused}, EditConflict. */
  async remove(by: Principal, id: string, seen: SeenVersion): Promise<void> {
    await this.db.transaction(async (tx) => {
      const view = await this.#toChange(by, id, (where) =>
        tx.view.findFirst({ where, select: viewSelect }),
      );
      this.#requireSeen(view, {}, ['name'], seen);
      const { count } = await tx.view.deleteMany({ where: { id } });
      if (count > 0) this.#record('view.deleted', view);
    });
  }

  #record(type: string, view: Pick<ViewRow, 'id' | 'scope' | 'teamId'>, fields?: string[]): void {
    this.ledger.record({
      type,
      subject: { type: 'view', id: view.id },
      data: { scope: view.scope, teamId: view.teamId, ...(fields ? { fields } : {}) },
    });
  }

  /** The view as whoever sets the desk up sees it, or its owner. */
  async #toChange(
    by: Principal,
    id: string,
    find: (where: object) => Promise<ViewRow | null>,
  ): Promise<ViewRow> {
    const own = { scope: 'personal', ownerId: by.actor.type === 'user' ? by.actor.id : newId() };
    const view = await find({ id, OR: [own, { scope: { not: 'personal' } }] });
    if (!view) throw new ViewNotFound();
    this.#requireRight(by, view.scope as ViewScope);
    return view;
  }

  #requireRight(by: Principal, scope: ViewScope): void {
    if (scope !== 'personal' && !by.permissions.has('desk:write')) throw new SharedViewRefused();
  }

  /** Throws EditConflict when `seen` is not how the view is. */
  #requireSeen(
    view: ViewRow,
    wanted: Partial<ViewRow>,
    fields: (keyof ViewRow)[],
    seen: SeenVersion,
  ): void {
    if (seen === 'any' || seen === view.version) return;
    const conflicts = fields.map((field) => ({
      field,
      yours: wanted[field] ?? null,
      theirs: view[field],
    }));
    throw new EditConflict(conflicts, etagOf(view.version));
  }

  async #seenBy(actor: Actor): Promise<object> {
    if (actor.type !== 'user' || actor.id === null) return { scope: 'organization' };
    const teamIds = await this.teams.idsOf(actor.id);
    return {
      OR: [
        { scope: 'organization' },
        { scope: 'personal', ownerId: actor.id },
        { scope: 'team', teamId: { in: teamIds } },
      ],
    };
  }
}

/** Conditions as a view keeps them. Throws ValidationFailed for what is none, and for more than a view can be. */
function kept(conditions: unknown): object {
  const parsed = parseConditions(conditions) as object;
  if (JSON.stringify(parsed).length > LONGEST_CONDITIONS)
    throw new ValidationFailed([
      { field: 'conditions', problem: `must be at most ${LONGEST_CONDITIONS} characters as JSON` },
    ]);
  return parsed;
}
