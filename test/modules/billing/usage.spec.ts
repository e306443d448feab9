import { afterEach, describe, expect, it } from '@jest/globals';
import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { LimitWarnings } from '../../../apps/api/src/modules/billing/limit-warnings.service.js';
import { UsageMeter } from '../../../apps/api/src/modules/billing/usage-meter.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { grant, SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp({ settings: SELLING, database: await databaseOfItsOwn('usage') });
const { given } = running;

afterEach(() => running.clock.reset());

async function meters(acme: GivenOrganization): Promise<Record<string, number>> {
  const { meters } = expectStatus(await acme.owner.get('/billing/usage'), 200).body.data;
  return Object.fromEntries(
    meters.map(({ meter, days }: any) => [
      meter,
      days.reduce((sum: number, { quantity }: any) => sum + quantity, 0),
    ]),
  );
}

async function rows(text: string, acme: GivenOrganization): Promise<any[]> {
  const answer = await asOwner(running.database, (client) => client.query(text, [acme.id]));
  return answer.rows;
}

describe('what is used', () => {
  it('is metered from the log, once however often and by however many it is read', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    await acme.ticket();
    await acme.message(id, 'reply');
    await acme.message(id, 'note');
    const meter = running.get(UsageMeter);
    await Promise.all([meter.sweep(), meter.sweep()]);
    expect(await meters(acme)).toEqual({ tickets: 2, messages: 1 });
    // As after a restore of an old place.
    await asOwner(running.database, (client) =>
      client.query('update usage_positions set seq = 0 where organization_id = $1', [acme.id]),
    );
    await meter.sweep();
    await acme.ticket();
    await meter.sweep();
    expect(await meters(acme)).toEqual({ tickets: 3, messages: 1 });
  });

  it('cannot be changed or taken away by the tenant role', async () => {
    const acme = await given.organization();
    await acme.ticket();
    await running.get(UsageMeter).sweep();
    const { pool } = running.get(TenantDb);
    const context = { requestId: 'test', organizationId: acme.id };
    for (const text of ['update usage_records set quantity = 2', 'delete from usage_records'])
      await expect(runInContext(context, () => pool.query(text))).rejects.toThrow(
        /permission denied/,
      );
  });

  it('is told for days that are asked for', async () => {
    const acme = await given.organization();
    const paths = ['from=2026-02-01&to=2026-01-01', 'from=2020-01-01&to=2026-01-01', 'from=x'];
    for (const path of paths)
      expect((await acme.owner.get(`/billing/usage?${path}`)).body.error.code).toBe(
        'validation.failed',
      );
    const none = await acme.owner.get('/billing/usage?from=2026-01-01&to=2026-02-01');
    expect(none.body.data).toEqual({
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', meters: [] },
    });
  });

  it('is shown beside what the plan has', async () => {
    const acme = await given.organization();
    await acme.ticket();
    await grant(running, acme.id, { seats: 2, tickets: 3, features: ['sso'] });
    expect(expectStatus(await acme.owner.get('/billing/entitlements'), 200).body.data).toEqual({
      ...{ planId: 'test', access: 'full', callsAMinute: null, features: ['sso'] },
      limits: [
        { entitlement: 'seats', limit: 2, used: 1, percent: 50 },
        { entitlement: 'ticketsAMonth', limit: 3, used: 1, percent: 33 },
        { entitlement: 'storageBytes', limit: null, used: 0, percent: null },
      ],
    });
  });

  it('is warned of at 80 and at 100 %, once each, by event and mail', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { tickets: 5 });
    const warnings = running.get(LimitWarnings);
    const told = async (): Promise<number[]> =>
      (await acme.events())
        .filter(({ type }) => type === 'billing.limit_near')
        .map(({ data }) => data.percent);
    for (let n = 0; n < 3; n += 1) await acme.ticket();
    await warnings.sweep();
    expect(await told()).toEqual([]);
    await acme.ticket();
    await Promise.all([warnings.sweep(), warnings.sweep()]);
    expect(await told()).toEqual([80]);
    await acme.ticket();
    await warnings.sweep();
    await warnings.sweep();
    expect(await told()).toEqual([80, 100]);
    const mails = await rows(
      `select data->>'percent' as percent from account_mails where organization_id = $1 and kind = 'billing_limit' order by created_at`,
      acme,
    );
    expect(mails).toEqual([{ percent: '80' }, { percent: '100' }]);
    expect(await meters(acme)).toMatchObject({ seats: 1, storageBytes: 0 });
  });
});
