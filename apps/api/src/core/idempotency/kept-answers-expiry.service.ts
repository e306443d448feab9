import { Injectable } from '@nestjs/common';
import { Clock } from '../context/clock.js';
import { preparedStatement } from '../database/prepared-statement.js';
import { SystemDb } from '../database/system-db.js';
import { Sweeps, type Sweep } from '../jobs/sweeps.js';

/** Milliseconds that an answer is kept. */
const KEPT_FOR = 24 * 60 * 60 * 1000;
const AT_ONCE = 5_000;

const removeOld = preparedStatement(
  'idempotency_remove_old',
  `with old as (
     select organization_id, actor_type, actor_id, key from idempotency_keys where created_at < $1::timestamptz
     order by created_at limit $2
   ), gone as (
     delete from idempotency_keys k using old o where k.organization_id = o.organization_id and k.actor_type = o.actor_type
       and k.actor_id = o.actor_id and k.key = o.key returning 1
   )
   select count(*)::int as "removed" from gone`,
);

/** Removes answers that are past their time. */
@Injectable()
@Sweeps({ name: 'idempotency.expiry', every: 60 * 60 * 1000 })
export class KeptAnswersExpiry implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - KEPT_FOR);
    const [row] = await this.system.sql<{ removed: number }>(removeOld, [before, AT_ONCE]);
    return row!.removed === AT_ONCE;
  }
}
