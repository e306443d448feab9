import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runInContext } from '#core/context/context.js';
import { Overrides } from '../../../apps/api/src/modules/billing/overrides.service.js';
import { readOverride, readPlan } from '../../../apps/api/src/modules/billing/plan-file.service.js';
import { Plans } from '../../../apps/api/src/modules/billing/plans.service.js';
import { UnplannedSweep } from '../../../apps/api/src/modules/billing/unplanned-sweep.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { laterAt, PROFILE, SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_DEFAULT_PLAN: 'little' },
  database: await databaseOfItsOwn('overrides'),
});
const { given } = running;
const LITTLE = {
  ...{ id: 'little', name: 'Little', currency: 'EUR', monthlyPrice: 0, yearlyPrice: 0 },
  ...{ trialDays: 0, seats: 2, ticketsAMonth: 10, storageBytes: 1000, callsAMinute: null },
  ...{ features: [], isOffered: false },
};
await running.get(Plans).publish(LITTLE);
const UNTIL = new Date('2027-03-01T00:00:00Z');

afterEach(() => running.clock.reset());

async function had(acme: GivenOrganization): Promise<any> {
  const { data } = expectStatus(await acme.owner.get('/billing/entitlements'), 200).body;
  const limits = data.limits.map(({ entitlement, limit }: any) => [entitlement, limit]);
  return { ...data, limits: undefined, ...Object.fromEntries(limits) };
}

async function file(content: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'plan-')), 'file.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('an organization without a plan', () => {
  it('has the one of the deployment, which nobody can take', async () => {
    const acme = await given.organization();
    await running.get(UnplannedSweep).sweep();
    expect(await had(acme)).toMatchObject({ planId: 'little', seats: 2, storageBytes: 1000 });
    const plans = expectStatus(await acme.owner.get('/billing/plans'), 200).body.data;
    expect(plans.map(({ id }: any) => id)).not.toContain('little');
  });
});

describe('what the operator gives', () => {
  it('stands over the plan for its time, and is in the log of the organization', async () => {
    running.clock.set('2027-01-10T09:00:00Z');
    const acme = await given.organization();
    const overrides = running.get(Overrides);
    const terms = { seats: 50, storageBytes: null, features: ['sso' as const] };
    const actor = { type: 'system' as const, id: null, name: 'Stella Staff' };
    await runInContext({ requestId: 'test', actor }, () =>
      overrides.give(acme.id, { terms, reason: 'Moves over from another desk', until: UNTIL }),
    );
    const more = { planId: 'little', seats: 50, storageBytes: null, features: ['sso'] };
    expect(await had(acme)).toMatchObject({ ...more, ticketsAMonth: 10 });
    expect(await overrides.of(acme.id)).toMatchObject({ terms, givenBy: 'Stella Staff' });
    expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
    const team = { planId: 'team', interval: 'month', seats: 3 };
    expectStatus(await acme.owner.put('/billing/subscription', team), 200);
    const both = { planId: 'team', seats: 50, features: ['custom_roles', 'sso'] };
    expect(await had(acme)).toMatchObject(both);
    const [event] = (await acme.events()).filter(({ type }) => type === 'billing.override_given');
    expect(event!.data).toMatchObject({ given: ['seats', 'storageBytes', 'features'] });
    expect(await overrides.find('no-such-slug')).toBe(null);
    await laterAt(running, UNTIL.toISOString());
    expect(await overrides.of(acme.id)).toBe(null);
    const { rows } = await asOwner(running.database, (client) =>
      client.query(
        `select 1 from ledger_events where organization_id = $1 and type = 'billing.override_ended'`,
        [acme.id],
      ),
    );
    expect(rows).toHaveLength(1);
  });

  it('is taken back at once, and refused when it makes no sense', async () => {
    const acme = await given.organization();
    const overrides = running.get(Overrides);
    const until = new Date(running.clock.now().getTime() + 1000);
    await overrides.give(acme.id, { terms: { access: 'read_only' }, reason: 'Abuse', until });
    expect(await had(acme)).toMatchObject({ access: 'read_only' });
    await overrides.end(acme.id);
    expect(await had(acme)).toMatchObject({ access: 'full' });
    await expect(overrides.end(acme.id)).rejects.toThrow(/nothing else is given/);
    const past = { terms: { seats: 1 }, reason: 'Late', until: new Date(0) };
    await expect(overrides.give(acme.id, past)).rejects.toThrow(/in the future/);
    await expect(overrides.give(acme.id, { ...past, terms: {}, until })).rejects.toThrow(/give/);
  });
});

describe('files of the operator', () => {
  it('are a plan, of which each taking makes a version', async () => {
    const plan = await readPlan(await file({ ...LITTLE, id: 'file-plan', isOffered: true }));
    expect(await running.get(Plans).publish(plan)).toBe(1);
    expect(await running.get(Plans).publish({ ...plan, monthlyPrice: 5 })).toBe(2);
    expect(await running.get(Plans).offer('file-plan')).toMatchObject({ version: 2 });
    expect(await running.get(Plans).version('file-plan', 1)).toMatchObject({ monthlyPrice: 0 });
  });

  it('are refused with a sentence that says what is wrong', async () => {
    await expect(readPlan(await file({ ...LITTLE, price: 1 }))).rejects.toThrow(/not a plan/);
    await expect(readPlan(await file('{'))).rejects.toThrow(/no JSON/);
    await expect(readPlan('/nowhere/plan.json')).rejects.toThrow(/cannot be read/);
    const override = { terms: { seats: 5 }, reason: 'Why', until: UNTIL.toISOString() };
    expect(await readOverride(await file(override))).toMatchObject({ until: UNTIL });
    await expect(readOverride(await file({ ...override, terms: {} }))).rejects.toThrow(/override/);
  });
});
