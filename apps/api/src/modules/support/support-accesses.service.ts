import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  wholePage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { CurrentSupportDto, SupportAccessDto } from './dto/support-access.dto.js';
import { SupportAccessDecided, SupportAccessNotFound } from './support.exceptions.js';
import { statusOf } from './support-terms.service.js';
import { accessSelect, toSupportAccessDto } from './support-view.service.js';

const HOUR = 3_600_000;
/** More at once are told as ten. */
const MOST_TOLD = 10;

/** What the staff asked the organization in context for, and what it says to that. */
@Injectable()
export class SupportAccesses {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly principals: PrincipalCache,
    private readonly clock: Clock,
  ) {}

  /** Everything that was ever asked for, the newest first. */
  async list(page: PageRequest): Promise<Page<SupportAccessDto>> {
    const { supportAccess } = this.db.client;
    const [rows, counted] = await Promise.all([
      supportAccess.findMany({ ...newestFirst(page), select: accessSelect }),
      supportAccess.count({ take: COUNTED_AT_MOST }),
    ]);
    const now = this.clock.now();
    return toPage(rows, page, counted, newestFirstCursor, (row) => toSupportAccessDto(row, now));
  }

  /** Who may look now, whoever asks. */
  async current(): Promise<Page<CurrentSupportDto>> {
    const rows = await this.db.client.supportAccess.findMany({
      where: { endedAt: null, expiresAt: { gt: this.clock.now() } },
      orderBy: [{ expiresAt: 'desc' }, { id: 'desc' }],
      take: MOST_TOLD,
      select: { id: true, staffName: true, expiresAt: true },
    });
    return wholePage(
      rows.map(({ expiresAt, ...row }) => ({ ...row, expiresAt: expiresAt!.toISOString() })),
    );
  }

  /**
   * Lets them in for so many hours from now. Throws {@link SupportAccessNotFound}, {@link SupportAccessDecided}, and
   * PersonMissing for a program: consent is a person's.
   */
  async grant(id: string, hours: number): Promise<SupportAccessDto> {
    const grantedBy = requirePerson();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + hours * HOUR);
    const row = await this.db.transaction(async (tx) => {
      const granted = { grantedAt: now, grantedBy, expiresAt };
      const undecided = { id, grantedAt: null, endedAt: null };
      const { count } = await tx.supportAccess.updateMany({ where: undecided, data: granted });
      const found = await tx.supportAccess.findFirst({ where: { id }, select: accessSelect });
      if (!found) throw new SupportAccessNotFound();
      if (count === 0) throw new SupportAccessDecided();
      this.ledger.record({
        type: 'support.access_granted',
        subject: { type: 'support_access', id },
        data: { staffName: found.staffName, scopes: found.scopes },
        changes: { expiresAt: [null, expiresAt.toISOString()] },
      });
      return found;
    });
    return toSupportAccessDto(row, now);
  }

  /** Refuses what was asked for, or takes it back at once. Quiet when it is over. Throws {@link SupportAccessNotFound}. */
  async end(id: string): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const found = await tx.supportAccess.findFirst({ where: { id }, select: accessSelect });
      if (!found) throw new SupportAccessNotFound();
      const status = statusOf(found, now);
      const because = status === 'asked' ? 'refused' : 'revoked';
      const { count } = await tx.supportAccess.updateMany({
        where: { id, endedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        data: { endedAt: now, endedBecause: because },
      });
      if (count === 0) return;
      this.ledger.record({
        type: 'support.access_ended',
        subject: { type: 'support_access', id },
        data: { staffName: found.staffName, because, wasGranted: status === 'granted' },
      });
    });
    this.principals.forget(`support_access:${id}`);
  }
}
