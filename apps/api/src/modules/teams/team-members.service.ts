import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { UsersService } from '#modules/users/users.service.js';
import type { TeamMemberDto } from './dto/team.dto.js';
import { TeamNotFound } from './teams.exceptions.js';
import { Teams } from './teams.service.js';
import { memberSelect, toTeamMemberDto } from './teams.view.js';

/** Who is in which team. Coming and going is quiet when it is so already. */
@Injectable()
export class TeamMembers {
  constructor(
    private readonly db: TenantDb,
    private readonly teams: Teams,
    private readonly users: UsersService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The members of a team, the last who came first. Throws {@link TeamNotFound}. */
  async list(teamId: string, page: PageRequest): Promise<Page<TeamMemberDto>> {
    if ((await this.db.client.team.count({ where: { id: teamId } })) === 0)
      throw new TeamNotFound();
    const { cursor, skip, limit } = page;
    const [rows, counted] = await Promise.all([
      this.db.client.teamMember.findMany({
        where: {
          teamId,
          ...(cursor && {
            OR: [
              { createdAt: { lt: cursor.key } },
              { createdAt: cursor.key, userId: { lt: cursor.id } },
            ],
          }),
        },
        select: memberSelect,
        orderBy: [{ createdAt: 'desc' }, { userId: 'desc' }],
        skip,
        take: limit + 1,
      }),
      this.db.client.teamMember.count({ where: { teamId }, take: COUNTED_AT_MOST }),
    ]);
    const placeOf = (row: (typeof rows)[number]): { key: string; id: string } => ({
      key: row.createdAt.toISOString(),
      id: row.userId,
    });
    return toPage(rows, page, counted, placeOf, toTeamMemberDto);
  }

  /** Adds a person to a team. Throws {@link TeamNotFound}, TeamIsArchived, UserNotFound. */
  async add(teamId: string, userId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.teams.requireActive(teamId, tx);
      const { name } = await this.users.getActive(userId, tx);
      const { count } = await tx.teamMember.createMany({
        data: [{ teamId, userId, createdAt: this.clock.now() }],
        skipDuplicates: true,
      });
      if (count > 0) this.#record('team.member_added', teamId, userId, name);
    });
  }

  /** Takes a person out of a team. Throws {@link TeamNotFound}. */
  async remove(teamId: string, userId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if ((await tx.team.count({ where: { id: teamId } })) === 0) throw new TeamNotFound();
      const { count } = await tx.teamMember.deleteMany({ where: { teamId, userId } });
      if (count > 0) this.#record('team.member_removed', teamId, userId);
    });
  }

  /** Takes somebody who left out of all of their teams; nobody who was let in again meanwhile. */
  async leaveAll(userId: string): Promise<void> {
    const { status } = await this.users.get(userId);
    if (status === 'active') return;
    await this.db.transaction(async (tx) => {
      const teams = await tx.teamMember.findMany({ where: { userId }, select: { teamId: true } });
      for (const { teamId } of teams) {
        const { count } = await tx.teamMember.deleteMany({ where: { teamId, userId } });
        if (count > 0) this.#record('team.member_removed', teamId, userId);
      }
    });
  }

  #record(type: string, teamId: string, userId: string, name?: string): void {
    this.ledger.record({
      type,
      subject: { type: 'team', id: teamId },
      data: { userId, ...(name !== undefined && { name }) },
    });
  }
}
