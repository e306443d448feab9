import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { preparedStatement } from '#core/database/prepared-statement.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Look } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

const MINUTE = 60_000;

/** Gives a row when the last look at it ($2, $3) through the access ($1) is a minute old ($5) at $4, or there was none. */
const noteLook = preparedStatement(
  'support_look',
  `insert into support_looks as l (access_id, route, subject_id, looked_at)
   values ($1::uuid, $2::text, $3::uuid, $4::timestamptz)
   on conflict (organization_id, access_id, route, subject_id) do update set looked_at = excluded.looked_at
   where l.looked_at <= $5::timestamptz
   returning true as "isNew"`,
);

/** Writes down what staff look at, in the organization's own log, before they see it. */
@Injectable()
export class SupportLooks {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Notes a look, once a minute for each thing. Rejects when it cannot be written: then there is nothing to see. */
  async note(accessId: string, staffName: string, { route, subjectId }: Look): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - MINUTE).toISOString();
    await this.db.transaction(async (tx) => {
      const values = [accessId, route, subjectId ?? accessId, now.toISOString(), before];
      const rows = await tx.sql<{ isNew: boolean }>(noteLook, values);
      if (rows.length === 0) return;
      this.ledger.record({
        type: 'support.looked',
        subject: { type: 'support_access', id: accessId },
        data: { staffName, route, subjectId },
      });
    });
  }
}
