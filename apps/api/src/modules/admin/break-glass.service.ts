import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { AdminDb } from '#core/database/admin-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { MOST_FORCED_HOURS, statusOf } from '#modules/support/support-terms.service.js';
import { SameOperator, SupportRequestDecided, SupportRequestNotFound } from './admin.exceptions.js';
import type { StaffSupportAccessDto } from './dto/support-request.dto.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { StaffActs } from './staff-acts.service.js';
import { requestSelect, toStaffAccessDto } from './support-requests.view.js';

const HOUR = 3_600_000;

/** Lets staff in without the organization: two operators must want it, and it is in the organization's log at once. */
@Injectable()
export class BreakGlass {
  constructor(
    private readonly db: AdminDb,
    private readonly ledger: Ledger,
    private readonly acts: StaffActs,
    private readonly known: KnownStaffWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * The first operator's word, or the second's, with which it begins. Throws {@link SupportRequestNotFound},
   * {@link SupportRequestDecided}, {@link SameOperator}.
   */
  async agree(operator: StaffPrincipal, id: string): Promise<StaffSupportAccessDto> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      // Two at once go one after the other: each must see what the other said.
      await tx.$queryRaw`select from support_accesses where id = ${id}::uuid for update`;
      const found = await tx.supportAccess.findFirst({ where: { id }, select: requestSelect });
      if (!found) throw new SupportRequestNotFound();
      if (statusOf(found, now) !== 'asked') throw new SupportRequestDecided();
      const { organizationId, staffName, scopes, firstOperatorId } = found;
      if (firstOperatorId === operator.id) throw new SameOperator();
      await this.known.show(tx, organizationId);
      const expiresAt = new Date(now.getTime() + Math.min(found.hours, MOST_FORCED_HOURS) * HOUR);
      await tx.supportAccess.updateMany({
        where: { id, organizationId },
        data:
          firstOperatorId === null
            ? { firstOperatorId: operator.id }
            : { secondOperatorId: operator.id, grantedAt: now, expiresAt },
      });
      if (firstOperatorId !== null)
        this.ledger.recordIn(organizationId, {
          type: 'support.access_forced',
          subject: { type: 'support_access', id },
          data: { staffName, scopes, operators: [firstOperatorId, operator.id] },
          changes: { expiresAt: [null, expiresAt.toISOString()] },
        });
      const type = firstOperatorId === null ? 'support.force_wanted' : 'support.access_forced';
      await this.acts.record(tx, { type, organizationId, data: { accessId: id } });
      const row = await tx.supportAccess.findFirstOrThrow({ where: { id }, select: requestSelect });
      const { name } = await tx.organization.findFirstOrThrow({
        where: { id: organizationId },
        select: { name: true },
      });
      return toStaffAccessDto(row, name, now);
    });
  }
}
