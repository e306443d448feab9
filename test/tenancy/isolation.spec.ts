import { proveCatalog } from './proof/catalog/catalog.js';
import { TABLES } from './proof/catalog/registry.js';
import { Findings, type Hole } from './proof/finding.js';
import { proveModels, unlock } from './proof/models/models.js';
import { proveMutations, rolesOf } from './proof/mutations/mutations.js';
import { proveRoutes } from './proof/routes/routes.js';
import { ScratchServer } from './proof/scratch.js';
import { proveStaff } from './proof/staff/staff.js';
import { buildWorld, checkWorld, fillOutbox } from './proof/world/world.js';

// The isolation proof (docs/isolation.md) with fewer mutations: `npm run isolation:proof` tries them all.

const server = await ScratchServer.open(process.env.TEST_DATABASE_URL!);
afterAll(() => server.close());
const database = await server.migrated();
const world = await buildWorld(database);
const forRoutes = await server.copy(database, 'routes');
const forStaff = await server.copy(database, 'staff');
await fillOutbox(database.owner, world);
const unlocked = await server.copy(database, 'unlocked');
await unlock(
  unlocked,
  Object.keys(TABLES).filter((table) => TABLES[table]!.kind !== 'bookkeeping'),
);
const forMutations = await server.copy(database, 'mutations');

const PATIENCE = 600_000;
const inWords = (holes: Hole[]): string[] => holes.map(({ where, what }) => `${where}: ${what}`);

describe('isolation', () => {
  it('can be judged: every text of the attacked organization is one that would be recognised', async () => {
    const findings = new Findings('canaries');
    await checkWorld(database.owner, world, findings);
    expect(inWords(findings.result().holes)).toEqual([]);
  });

  it('is in the catalog: every table, key, function, grant and role is as the registry says', async () => {
    expect(inWords((await proveCatalog(database.owner, rolesOf(database))).holes)).toEqual([]);
  });

  it(
    'holds for every model and operation',
    async () => {
      const { holes, tried } = await proveModels(database, unlocked, world, false);
      expect(inWords(holes)).toEqual([]);
      expect(tried.models).toBe(
        Object.values(TABLES).filter(({ kind }) => kind !== 'bookkeeping').length,
      );
      expect(tried['attacks by the bare Prisma on the tenant pool']).toBeGreaterThan(1_000);
    },
    PATIENCE,
  );

  it(
    'holds between organizations and the staff, and for what goes out and comes in',
    async () => {
      const { holes, tried } = await proveStaff(forStaff, world);
      expect(inWords(holes)).toEqual([]);
      expect(tried['requests of staff who were let in']).toBeGreaterThan(400);
      expect(tried['rows that are restored into another organization']).toBeGreaterThan(100);
    },
    PATIENCE,
  );

  it(
    'holds for every route and every id in it',
    async () => {
      const { holes, tried } = await proveRoutes(forRoutes, world, false);
      expect(inWords(holes)).toEqual([]);
      expect(tried.routes).toBeGreaterThanOrEqual(29);
    },
    PATIENCE,
  );

  it(
    'is missed when a lock is taken away, and held by the others',
    async () => {
      const { result, score } = await proveMutations(
        forMutations,
        unlocked,
        world,
        ({ lock, table, name }) =>
          lock === 'guard' ||
          lock === 'extension' ||
          lock === 'proof' ||
          table === 'requesters' ||
          /^messages: (no key|ticket_id)/.test(name),
      );
      expect(inWords(result.holes)).toEqual([]);
      expect(score.caught).toBe(score.mutations);
      expect(score.stopped).toBe(score.attacks);
      expect(score.mutations).toBeGreaterThan(15);
    },
    PATIENCE,
  );
});
