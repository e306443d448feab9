import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { changesOf, requireSeen, type SeenVersion } from '#core/context/version.js';
import { wholePage, type Page } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TeamDto } from './dto/team.dto.js';
import {
  TeamIsArchived,
  TeamIsDefault,
  TeamNameTaken,
  TeamNotFound,
  TooManyTeams,
} from './teams.exceptions.js';
import { holdTeams } from './teams.sql.js';
import { teamSelect, toTeamDto, type TeamRow } from './teams.view.js';

export interface TeamChange {
  name?: string;
  description?: string;
  isDefault?: boolean;
}

/** More than a menu can show. */
const MOST_TEAMS = 300;
const UNIQUE_VIOLATION = 'P2002';

/** The teams of an organization, as they are made, changed and archived. */
@Injectable()
export class TeamSettings {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** All teams by name, the archived ones last; of one person if `userId` is given, and then without archived ones. */
  async list(userId?: string): Promise<Page<TeamDto>> {
    const mine = { archivedAt: null, members: { some: { userId } } };
    const [rows, counts] = await Promise.all([
      this.db.client.team.findMany({
        where: userId === undefined ? {} : mine,
        select: teamSelect,
        orderBy: [{ name: 'asc' }],
      }),
      this.db.client.teamMember.groupBy({ by: ['teamId'], _count: { _all: true } }),
    ]);
    const sizes = new Map(counts.map(({ teamId, _count }) => [teamId, _count._all]));
    const inOrder = rows.toSorted((a, b) => Number(!!a.archivedAt) - Number(!!b.archivedAt));
    return wholePage(inOrder.map((row) => toTeamDto(row, sizes.get(row.id) ?? 0)));
  }

  /** One team. Throws {@link TeamNotFound}. */
  async get(id: string): Promise<TeamDto> {
    return this.#shown(this.db.client, await this.#find(this.db.client, id));
  }

  /** Makes a team. Throws {@link TeamNameTaken}, {@link TooManyTeams}. */
  async create({
    name,
    description = '',
  }: {
    name: string;
    description?: string;
  }): Promise<TeamDto> {
    return this.#write(async (tx) => {
      await countAlone(tx, 'teams');
      if ((await tx.team.count({ where: { archivedAt: null } })) >= MOST_TEAMS)
        throw new TooManyTeams(MOST_TEAMS);
      const id = newId();
      const row = await tx.team.create({ data: { id, name, description }, select: teamSelect });
      this.#record('team.created', row);
      return toTeamDto(row, 0);
    });
  }

  /** Changes what is given and leaves the rest. Throws {@link TeamNotFound}, {@link TeamNameTaken}, {@link TeamIsArchived}, EditConflict. */
  async change(id: string, change: TeamChange, seen: SeenVersion): Promise<TeamDto> {
    return this.#write(async (tx) => {
      await tx.sql(holdTeams, []);
      const before = await this.#find(tx, id);
      const changes = changesOf(before, change);
      requireSeen(seen, before, change);
      if (Object.keys(changes).length === 0) return this.#shown(tx, before);
      if (change.isDefault) await this.#yield(tx, before);
      const after = await this.#update(tx, id, change);
      this.#record('team.changed', after, changes);
      return this.#shown(tx, after);
    });
  }

  /** Archives a team: its tickets keep it, and nothing new comes to it. Throws {@link TeamNotFound}, {@link TeamIsDefault}. */
  async archive(id: string): Promise<void> {
    await this.#write(async (tx) => {
      await tx.sql(holdTeams, []);
      const before = await this.#find(tx, id);
      if (before.archivedAt !== null) return;
      if (before.isDefault) throw new TeamIsDefault();
      this.#record('team.archived', await this.#update(tx, id, { archivedAt: this.clock.now() }));
    });
  }

  /** Takes the place from the team that is the default, for one that is not archived. */
  async #yield(tx: TenantTransaction, { archivedAt }: TeamRow): Promise<void> {
    if (archivedAt !== null) throw new TeamIsArchived();
    const stepped = await tx.team.updateManyAndReturn({
      where: { isDefault: true },
      data: { isDefault: false, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: teamSelect,
    });
    for (const row of stepped) this.#record('team.changed', row, { isDefault: [true, false] });
  }

  async #update(
    tx: TenantClient,
    id: string,
    data: TeamChange & { archivedAt?: Date },
  ): Promise<TeamRow> {
    const [row] = await tx.team.updateManyAndReturn({
      where: { id },
      data: { ...data, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: teamSelect,
    });
    return row!;
  }

  async #find(tx: TenantClient, id: string): Promise<TeamRow> {
    const row = await tx.team.findFirst({ where: { id }, select: teamSelect });
    if (!row) throw new TeamNotFound();
    return row;
  }

  async #shown(tx: TenantClient, row: TeamRow): Promise<TeamDto> {
    return toTeamDto(row, await tx.teamMember.count({ where: { teamId: row.id } }));
  }

  #record(type: string, { id, name }: TeamRow, changes?: Record<string, [unknown, unknown]>): void {
    this.ledger.record({
      type,
      subject: { type: 'team', id },
      data: { name },
      ...(changes && { changes }),
    });
  }

  /** Only a name can be there twice: who is the default is decided with all teams held. */
  async #write<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
    return this.db.transaction(work).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new TeamNameTaken();
      throw error;
    });
  }
}
