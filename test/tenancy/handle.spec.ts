import type { AppConfig } from '#core/config/config.module.js';
import { NoTenantInContext } from '#core/context/context.js';
import { createPrismaClient } from '#core/database/prisma-client.js';
import { preparedStatement } from '#core/database/prepared-statement.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { workerDatabase } from '../support/database.js';
import { asTenant, poolOn, someTenants } from './support/tenants.js';

const database = await workerDatabase();
const [acme, globex] = (await someTenants(database, 2)) as [string, string];
const db = new TenantDb({ settings: { databaseAppUrl: database.appUrl } } as AppConfig);
afterAll(() => db.onApplicationShutdown());

const mine = (organizationId: string) =>
  asTenant(organizationId, () => db.client.requester.findFirst({ select: { name: true } }));
/** The handle without its types, which forbid most of what is tried here. */
const anything = (): Record<string, Record<string, (args?: unknown) => Promise<unknown>>> =>
  db.client as never;

describe('the tenant handle', () => {
  it('runs a query as the organization that made it, whoever awaits it', async () => {
    const made = asTenant(acme, () => db.client.requester.findMany({ select: { name: true } }));
    expect(await asTenant(globex, async () => await made)).toEqual([{ name: acme }]);
    const awaitedNowhere = asTenant(globex, () => db.client.requester.count());
    expect(await awaitedNowhere).toBe(1);
  });

  it('answers two organizations in one tick with their own', async () => {
    const both = [mine(acme), mine(globex), mine(acme), mine(globex)];
    expect(await Promise.all(both)).toEqual([
      { name: acme },
      { name: globex },
      { name: acme },
      { name: globex },
    ]);
  });

  it('needs an organization before anything is sent', async () => {
    const before = db.pool.statements;
    expect(() => db.client.requester.findMany()).toThrow(NoTenantInContext);
    expect(() => db.transaction(async (tx) => tx.requester.count())).toThrow(NoTenantInContext);
    await expect(db.sql(preparedStatement('seen', 'select 1'), [])).rejects.toThrow(
      NoTenantInContext,
    );
    expect(db.pool.statements).toBe(before);
  });

  it.each([
    'findUnique',
    'findUniqueOrThrow',
    'update',
    'delete',
    'upsert',
    'findRaw',
    'aggregateRaw',
  ])('has no %s', (operation) => {
    asTenant(acme, () =>
      expect(() => anything().requester![operation]!({})).toThrow('not on the tenant handle'),
    );
  });

  it.each([
    'identity',
    'session',
    '$queryRaw',
    '$executeRawUnsafe',
    '$transaction',
    '$extends',
    '$on',
    '_engine',
    'constructor',
  ])('has no %s', (name) => {
    asTenant(acme, () => expect(() => anything()[name]).toThrow('not on the tenant handle'));
  });

  it.each([
    [
      'another organization in a filter',
      'requester',
      'findMany',
      { where: { organizationId: globex } },
    ],
    [
      'a list of organizations in a filter',
      'requester',
      'findMany',
      { where: { organizationId: { in: [acme, globex] } } },
    ],
    [
      'another organization, deep in a filter',
      'requester',
      'findMany',
      { where: { OR: [{ AND: { organizationId: globex } }] } },
    ],
    [
      'another organization behind a relation',
      'ticket',
      'findMany',
      { where: { requester: { organizationId: globex } } },
    ],
    [
      'another organization behind a list',
      'requester',
      'count',
      { where: { tickets: { some: { organizationId: globex } } } },
    ],
    ['undefined in a filter', 'requester', 'findMany', { where: { id: undefined } }],
    [
      'undefined for the organization',
      'requester',
      'findMany',
      { where: { organizationId: undefined } },
    ],
    [
      'another organization in data',
      'requester',
      'updateMany',
      { data: { organizationId: globex } },
    ],
    ['undefined in data', 'requester', 'updateMany', { data: { name: undefined } }],
    ['a nested write', 'ticket', 'updateMany', { data: { requester: { connect: {} } } }],
    [
      'a cursor',
      'requester',
      'findMany',
      { cursor: { organizationId_id: { organizationId: acme, id: acme } } },
    ],
    [
      'a person of the deployment as a filter',
      'membership',
      'findMany',
      { where: { identity: { email: 'a@b.example' } } },
    ],
    [
      'the way back out of the deployment',
      'membership',
      'findMany',
      { select: { identity: { select: { memberships: true } } } },
    ],
    ['a count of everything', 'requester', 'findMany', { select: { _count: true } }],
    ['a field that is not there', 'requester', 'findMany', { where: { nothing: 1 } }],
    ['an argument that is not known', 'requester', 'findMany', { anything: 1 }],
  ])('refuses %s', async (_, model, operation, args) => {
    const before = db.pool.statements;
    await expect(asTenant(acme, () => anything()[model]![operation]!(args))).rejects.toMatchObject({
      name: 'TenantScopeViolation',
    });
    expect(db.pool.statements).toBe(before);
  });

  it('holds on to its organization in a transaction, and to its transaction', async () => {
    await asTenant(acme, () =>
      db.transaction(async (tx) => {
        expect(await tx.requester.findMany({ select: { name: true } })).toEqual([{ name: acme }]);
        expect(() => db.client).toThrow('touch only the transaction');
        await expect(db.sql(preparedStatement('seen', 'select 1'), [])).rejects.toThrow(
          'touch only the transaction',
        );
        expect(() => db.transaction(async () => undefined)).toThrow('under way');
        await expect(asTenant(globex, () => tx.requester.findMany())).rejects.toThrow(
          'not the one that the transaction was begun for',
        );
        expect(() => (tx as unknown as Record<string, unknown>).$queryRawUnsafe).toThrow(
          'not on the tenant handle',
        );
      }),
    );
  });

  it('keeps nothing of a transaction that failed', async () => {
    const failed = asTenant(acme, () =>
      db.transaction(async (tx) => {
        await tx.requester.updateMany({ where: {}, data: { name: 'changed' } });
        throw new Error('on second thoughts');
      }),
    );
    await expect(failed).rejects.toThrow('on second thoughts');
    expect(await mine(acme)).toEqual({ name: acme });
  });
});

describe('what the handle guards against, shown on bare Prisma', () => {
  it('findUnique of two organizations in one tick become one query of one of them', async () => {
    const pool = poolOn(database, { max: 2 });
    const prisma = createPrismaClient(pool, { named: true });
    const key = (organizationId: string) => ({
      organizationId_email: { organizationId, email: 'rita@customer.example' },
    });
    const [first, second] = await Promise.all(
      [acme, globex].map((id) =>
        asTenant(id, () =>
          prisma.requester
            .findUnique({ where: key(id), select: { name: true } })
            .then((row) => row),
        ),
      ),
    );
    // Row level security keeps it from leaking; the second is simply not answered. Should this ever change, the
    // handle could have findUnique.
    expect([first, second]).toEqual([{ name: acme }, null]);
    await prisma.$disconnect();
    await pool.end();
  });

  it('a promise of bare Prisma runs as whoever awaits it', async () => {
    const pool = poolOn(database, { max: 2 });
    const prisma = createPrismaClient(pool, { named: true });
    const lazy = asTenant(acme, () => prisma.requester.findFirst({ select: { name: true } }));
    expect(await asTenant(globex, async () => await lazy)).toEqual({ name: globex });
    await prisma.$disconnect();
    await pool.end();
  });
});
