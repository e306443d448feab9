import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { SupportPrincipalsService } from '#modules/support/support-principals.service.js';
import { statusOf, SUPPORT_TOKEN_SECONDS } from '#modules/support/support-terms.service.js';
import type {
  NewSupportAccessDto,
  StaffSupportAccessDto,
  SupportCredentialDto,
} from './dto/support-request.dto.js';
import { NotLetIn, StaffOrganizationNotFound, SupportRequestNotFound } from './admin.exceptions.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { StaffActs } from './staff-acts.service.js';
import { requestSelect, toStaffAccessDto, type RequestRow } from './support-requests.view.js';

/** What staff ask organizations for. Whether they are let in is the organization's to say. */
@Injectable()
export class SupportRequests {
  constructor(
    private readonly db: AdminDb,
    private readonly ledger: Ledger,
    private readonly acts: StaffActs,
    private readonly known: KnownStaffWriter,
    private readonly principals: SupportPrincipalsService,
    private readonly clock: Clock,
  ) {}

  /** Everything that was asked for, of every organization; the newest first. */
  async list(page: PageRequest): Promise<Page<StaffSupportAccessDto>> {
    const { client } = this.db;
    const [rows, counted] = await Promise.all([
      client.supportAccess.findMany({ ...newestFirst(page), select: requestSelect }),
      client.supportAccess.count({ take: COUNTED_AT_MOST }),
    ]);
    const named = await client.organization.findMany({
      where: { id: { in: rows.map(({ organizationId }) => organizationId) } },
      select: { id: true, name: true },
    });
    const names = new Map(named.map(({ id, name }) => [id, name]));
    const now = this.clock.now();
    return toPage(rows, page, counted, newestFirstCursor, (row) =>
      toStaffAccessDto(row, names.get(row.organizationId) ?? '', now),
    );
  }

  /** Asks an organization, in its own log. Throws {@link StaffOrganizationNotFound}. */
  async ask(
    { id: staffId, name: staffName }: StaffPrincipal,
    { organizationId, reason, scopes, hours }: NewSupportAccessDto,
  ): Promise<StaffSupportAccessDto> {
    const id = newId();
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      const there = await tx.organization.findFirst({
        where: { id: organizationId },
        select: { name: true },
      });
      if (!there) throw new StaffOrganizationNotFound();
      await this.known.show(tx, organizationId);
      await tx.supportAccess.createMany({
        data: [{ organizationId, id, staffId, staffName, reason, scopes, hours, createdAt: now }],
      });
      const type = 'support.access_asked';
      this.ledger.recordIn(organizationId, {
        type,
        subject: { type: 'support_access', id },
        data: { staffName, reason, scopes, hours },
      });
      await this.acts.record(tx, { type, organizationId, data: { accessId: id } });
      const row = await tx.supportAccess.findFirstOrThrow({ where: { id }, select: requestSelect });
      return toStaffAccessDto(row, there.name, now);
    });
  }

  /** A credential to look with, for whoever asked, while it lasts. Throws {@link SupportRequestNotFound}, {@link NotLetIn}. */
  async enter(staff: StaffPrincipal, id: string): Promise<SupportCredentialDto> {
    const row = await this.#own(staff, id);
    if (statusOf(row, this.clock.now()) !== 'granted') throw new NotLetIn();
    const { organizationId } = row;
    const { id: staffId, sessionId } = staff;
    return {
      accessToken: this.principals.credential({ accessId: id, organizationId, staffId, sessionId }),
      expiresIn: SUPPORT_TOKEN_SECONDS,
      accessEndsAt: row.expiresAt!.toISOString(),
    };
  }

  /** Gives it back, or withdraws the question. Quiet when it is over. Throws {@link SupportRequestNotFound}. */
  async giveBack(staff: StaffPrincipal, id: string): Promise<void> {
    const { organizationId, staffName, grantedAt } = await this.#own(staff, id);
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const { count } = await tx.supportAccess.updateMany({
        where: { id, endedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        data: { endedAt: now, endedBecause: 'given_back' },
      });
      if (count === 0) return;
      const type = 'support.access_ended';
      this.ledger.recordIn(organizationId, {
        type,
        subject: { type: 'support_access', id },
        data: { staffName, because: 'given_back', wasGranted: grantedAt !== null },
      });
      await this.acts.record(tx, { type, organizationId, data: { accessId: id } });
    });
  }

  async #own({ id: staffId }: StaffPrincipal, id: string): Promise<RequestRow> {
    const where = { id, staffId };
    const row = await this.db.client.supportAccess.findFirst({ where, select: requestSelect });
    if (!row) throw new SupportRequestNotFound();
    return row;
  }
}
