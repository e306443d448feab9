import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor } from '#core/context/context.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Fields } from '#modules/fields/fields.service.js';
import { Teams } from '#modules/teams/teams.service.js';
import { parseConditions, TicketList } from '#modules/tickets/ticket-list.service.js';
import { UsersService } from '#modules/users/users.service.js';
import type { BulkChangeDto } from './dto/bulk-change.dto.js';
import type { OperationDto } from './dto/operation.dto.js';
import { MOST_IN_BULK } from './operation-terms.js';
import { OperationRecords } from './operation-records.service.js';
import { OperatedTicketNotFound, TooManyOperations } from './operations.exceptions.js';
import { listTickets } from './operations.sql.js';
import { toOperationDto } from './operations.view.js';

export interface NewBulkOperation {
  ticketIds?: string[];
  conditions?: object;
  change: BulkChangeDto;
}

/** Bulk operations of an organization that wait or run at once. */
const MOST_UNDER_WAY = 50;

/** One change of many tickets: taking the request. `bulk-runs.service.ts` carries it out. */
@Injectable()
export class BulkOperations {
  constructor(
    private readonly db: TenantDb,
    private readonly records: OperationRecords,
    private readonly list: TicketList,
    private readonly users: UsersService,
    private readonly teams: Teams,
    private readonly fields: Fields,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues `change` of the tickets that are named, or of those that the conditions let through now: what comes to fulfil
   * them later is left alone. Throws {@link OperatedTicketNotFound}, UserNotFound, TeamNotFound, TeamIsArchived,
   * {@link ValidationFailed}, {@link TooManyOperations}.
   */
  async request({ ticketIds, conditions, change }: NewBulkOperation): Promise<OperationDto> {
    if ((ticketIds === undefined) === (conditions === undefined))
      throw wrong('ticketIds', 'or conditions must be sent, and not both');
    await this.#check(change);
    const ids = ticketIds ?? (await this.#idsOf(conditions));
    return this.db.transaction(async (tx) => {
      await countAlone(tx, 'bulk operations');
      const under = { kind: 'bulk', status: { in: ['queued', 'running'] } };
      if ((await tx.operation.count({ where: under, take: MOST_UNDER_WAY })) === MOST_UNDER_WAY)
        throw new TooManyOperations(MOST_UNDER_WAY);
      const parameters = { change, ...(conditions && { conditions }) };
      const state = { status: 'queued' as const, total: ids.length };
      const id = await this.records.begin(tx, 'bulk', parameters, state);
      const [row] = await tx.sql<{ listed: number }>(listTickets, [id, ids]);
      if (row!.listed < ids.length) throw new OperatedTicketNotFound();
      this.ledger.record({
        type: 'operation.requested',
        subject: { type: 'operation', id },
        data: { kind: 'bulk', total: ids.length },
        operationId: id,
      });
      return toOperationDto(await this.records.get(tx, id), this.clock.now());
    });
  }

  /** What would fail for every ticket alike is refused at once. */
  async #check(change: BulkChangeDto): Promise<void> {
    const { status, stateId, closed, assigneeId, teamId, fields } = change;
    const ends = [status, stateId, closed].filter((it) => it !== undefined);
    if (ends.length > 1) throw wrong('change', 'may have one of status, stateId and closed');
    if (Object.values(change).every((it) => it === undefined))
      throw wrong('change', 'must change something');
    if (typeof assigneeId === 'string') await this.users.getActive(assigneeId);
    if (typeof teamId === 'string') await this.teams.requireActive(teamId);
    if (fields !== undefined) await this.fields.validate('ticket', fields);
  }

  async #idsOf(conditions: unknown): Promise<string[]> {
    const { type, id } = currentActor();
    const filter = { conditions: parseConditions(conditions), merged: false };
    const me = type === 'user' && id !== null ? { me: id } : {};
    const ids = await this.list.idsOf({ ...filter, ...me }, MOST_IN_BULK + 1);
    if (ids.length > MOST_IN_BULK)
      throw wrong('conditions', `let more than ${MOST_IN_BULK} tickets through: narrow them`);
    return ids;
  }
}

function wrong(field: string, problem: string): ValidationFailed {
  return new ValidationFailed([{ field, problem }]);
}
