import { Injectable } from '@nestjs/common';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { TeamIsArchived, TeamNotFound } from './teams.exceptions.js';

/** What the other rooms ask of teams. Making and changing them is in `team-settings.service.ts`. */
@Injectable()
export class Teams {
  constructor(private readonly db: TenantDb) {}

  /** Makes sure that something may be given to the team, inside `tx` when one is under way. Throws {@link TeamNotFound}, {@link TeamIsArchived}. */
  async requireActive(id: string, tx?: TenantClient): Promise<void> {
    const team = await (tx ?? this.db.client).team.findFirst({
      where: { id },
      select: { archivedAt: true },
    });
    if (!team) throw new TeamNotFound();
    if (team.archivedAt !== null) throw new TeamIsArchived();
  }

  /** The team that new tickets go to, inside `tx`; null when there is none. */
  async defaultId(tx: TenantClient): Promise<string | null> {
    const team = await tx.team.findFirst({ where: { isDefault: true }, select: { id: true } });
    return team?.id ?? null;
  }

  /** The teams that a person is in, by their ids; none for an API key. */
  async idsOf(userId: string): Promise<string[]> {
    const rows = await this.db.client.teamMember.findMany({
      where: { userId, team: { archivedAt: null } },
      select: { teamId: true },
    });
    return rows.map(({ teamId }) => teamId);
  }

  /** The people of a team, by their ids; none when it is archived. */
  async memberIds(teamId: string): Promise<string[]> {
    const rows = await this.db.client.teamMember.findMany({
      where: { teamId, team: { archivedAt: null } },
      select: { userId: true },
    });
    return rows.map(({ userId }) => userId);
  }

  /** Whether the person is in the team, and the team is not archived. */
  async isMember(teamId: string, userId: string): Promise<boolean> {
    const where = { teamId, userId, team: { archivedAt: null } };
    return (await this.db.client.teamMember.count({ where })) > 0;
  }
}
