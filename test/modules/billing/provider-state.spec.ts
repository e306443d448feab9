import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProviderFacts } from '../../../apps/api/src/modules/billing/billing-provider.service.js';
import { ProviderState } from '../../../apps/api/src/modules/billing/provider-state.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { laterAt, PROFILE, SELLING } from '../../support/billing.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp({ settings: SELLING });
const { given } = running;
const START = new Date('2027-01-10T09:00:00Z');
const END = new Date('2027-02-10T09:00:00Z');
const FACTS: ProviderFacts = {
  ...{ billedBy: 'stripe', planId: 'team', planVersion: 1, interval: 'month', seats: 3 },
  ...{ trialEndsAt: null, anchorAt: START, periodStart: START, periodEnd: END },
  ...{ owedSince: null, endsWithPeriod: false, canceledAt: null, next: null },
};

afterEach(() => running.clock.reset());

function told({ id }: GivenOrganization, facts: Partial<ProviderFacts>) {
  const all = { ...FACTS, ...facts };
  return running.get(ProviderState).apply(id, () => Promise.resolve(all));
}

async function standing({ id }: GivenOrganization): Promise<any> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      `select s.status, s.billed_by as by, e.access, e.seats from subscriptions s join organization_entitlements e using (organization_id) where organization_id = $1`,
      [id],
    ),
  );
  return rows[0];
}

async function news(acme: GivenOrganization): Promise<string[]> {
  const types = (await acme.events()).map(({ type }) => type);
  return types.filter((type) => type.startsWith('billing.')).map((type) => type.slice(8));
}

describe('what a provider tells that bills by itself', () => {
  it('is written with what follows from it, once however often it is told', async () => {
    running.clock.set(START);
    const acme = await given.organization();
    const trialEndsAt = new Date('2027-01-24T09:00:00Z');
    await told(acme, { trialEndsAt });
    await Promise.all([told(acme, { trialEndsAt }), told(acme, { trialEndsAt })]);
    expect(await standing(acme)).toEqual({
      ...{ status: 'trialing', by: 'stripe', access: 'full', seats: 3 },
    });
    expect(await news(acme)).toEqual(['subscribed']);
    await told(acme, { trialEndsAt, seats: 5, endsWithPeriod: true });
    await told(acme, { trialEndsAt, seats: 5 });
    const next = { planId: 'starter', planVersion: 1, interval: 'month' as const, seats: 2 };
    await told(acme, { trialEndsAt, seats: 5, next });
    const over = new Date('2027-03-10T09:00:00Z');
    await told(acme, { ...next, periodStart: END, periodEnd: over });
    expect(await news(acme)).toEqual([
      ...['subscribed', 'plan_changed', 'cancellation_asked', 'cancellation_withdrawn'],
      ...['plan_changed', 'status_changed', 'renewed'],
    ]);
    expect(await standing(acme)).toMatchObject({ status: 'active', seats: 2 });
  });

  it('takes its course with time alone when something is owed, and is never billed here', async () => {
    running.clock.set(START);
    const acme = await given.organization();
    await told(acme, { owedSince: START });
    const seen: string[] = [];
    for (const day of [10, 17, 24]) {
      await laterAt(running, `2027-01-${day}T09:00:00Z`);
      seen.push((await standing(acme)).status);
    }
    await laterAt(running, '2027-02-09T09:00:00Z');
    seen.push((await standing(acme)).status);
    expect(seen).toEqual(['past_due', 'grace', 'read_only', 'suspended']);
    await laterAt(running, '2027-06-09T09:00:00Z');
    await told(acme, {});
    expect(await standing(acme)).toMatchObject({ status: 'active', access: 'full' });
    const { rows } = await asOwner(running.database, (client) =>
      client.query('select count(*)::int as n from invoices where organization_id = $1', [acme.id]),
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('keeps invoices of our own away until it is over', async () => {
    const acme = await given.organization();
    const now = running.clock.now();
    await told(acme, { periodEnd: new Date(now.getTime() + 86_400_000), periodStart: now });
    expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
    const team = { planId: 'team', interval: 'month', seats: 4 };
    for (const refused of [
      await acme.owner.put('/billing/subscription', team),
      await acme.owner.put('/billing/subscription/cancellation'),
    ])
      expect(refused.body.error.code).toBe('billing.other_provider');
    await told(acme, { canceledAt: now, endsWithPeriod: true });
    expect(await standing(acme)).toMatchObject({ status: 'canceled', access: 'read_only' });
    expectStatus(await acme.owner.put('/billing/subscription', team), 200);
    expect(await standing(acme)).toEqual({
      ...{ status: 'active', by: 'manual', access: 'full', seats: 4 },
    });
  });
});
