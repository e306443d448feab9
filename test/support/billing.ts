import { Entitlements } from '#core/tenancy/entitlements.js';
import { SubscriptionSweep } from '../../apps/api/src/modules/billing/subscription-sweep.service.js';
import { asOwner } from './database.js';
import type { RunningApp } from './app.js';

/** What an environment says where plans are sold. */
export const SELLING = {
  BILLING_PROVIDER: 'manual',
  BILLING_SELLER: 'Manydesk Ltd\\n1 Desk Street\\n12345 Deskville',
  BILLING_SELLER_TAX_ID: 'XX123456789',
  BILLING_TAX_BASIS_POINTS: '1900',
};

interface GrantColumns {
  access?: 'full' | 'read_only' | 'suspended';
  seats?: number | null;
  tickets?: number | null;
  storage?: number | null;
  calls?: number | null;
  features?: string[];
}

/** Lets an organization have so much and no more, as a plan would. */
export async function grant(
  running: RunningApp,
  organizationId: string,
  columns: GrantColumns,
): Promise<void> {
  const { access = 'full', seats, tickets, storage, calls, features = [] } = columns;
  const values = [organizationId, access, seats, tickets, storage, calls, features];
  await asOwner(running.database, (client) =>
    client.query(
      `insert into organization_entitlements (organization_id, plan_id, plan_version, access, seats, tickets_a_month, storage_bytes, calls_a_minute, features)
       values ($1, 'test', 1, $2, $3, $4, $5, $6, $7)
       on conflict (organization_id) do update set access = excluded.access, seats = excluded.seats,
         tickets_a_month = excluded.tickets_a_month, storage_bytes = excluded.storage_bytes,
         calls_a_minute = excluded.calls_a_minute, features = excluded.features`,
      values,
    ),
  );
  // The database tells a moment later; a test asks at once.
  running.get(Entitlements).forget(organizationId);
}

/** What time alone makes of plans until `instant`, as the worker would find it. */
export async function laterAt(running: RunningApp, instant: string): Promise<void> {
  running.clock.set(instant);
  await running.get(SubscriptionSweep).sweep();
}

export const PROFILE = {
  name: 'Acme Ltd',
  address: '1 Acme Street\n12345 Acmeville',
  taxId: 'DE1',
};
