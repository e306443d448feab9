import { createRequire } from 'node:module';
import { join } from 'node:path';
import { misplacedFolders, silencedChecks, unusedHandleEntries } from './checks/allow-lists.js';
import { cruiserPlants, cruiserTargets } from './checks/cruiser-plants.js';
import { filesBelow, houseRules, isGenerated, repository } from './checks/house.js';
import { lintEdits, lintFits, lintPlants } from './checks/lint-plants.js';
import { PlantedTree } from './checks/planted-tree.js';
import { foreignQueries } from './checks/table-owners.js';
import { cruise, findUnused, lint, type ToolRun } from './checks/tools.js';

// The guards are guarded: in a copy of the tree every rule is broken once, and each must be reported by name.
const tree = new PlantedTree();
const cruiser = cruiserPlants(houseRules());
const linted = lintPlants();
const ROOM = 'apps/api/src/modules/users';
const queries = [
  ['tickets', 'export const p = (db: any) => db.client.ticket.findMany();'],
  ['messages', 'export const p = (tx: any) => tx["message"];'],
  ['api_keys', 'export const p = (client: any) => { const { apiKey } = client; return apiKey; };'],
  ['outbound_mails', 'export const p = `select 1 from users, outbound_mails where ${1} = 1`;'],
  ['requesters', "export const p = 'select 1 from memberships join requesters on true';"],
  ['ledger_append', "export const p = 'select ledger_append($1)';"],
].map(([name, text], at) => ({
  name: name!,
  path: `${ROOM}/planted-query-${at}.ts`,
  text: `${text}\n`,
}));

const silenced = `${ROOM}/planted-silenced.ts`;

let cruised: ToolRun;
let lintRun: ToolRun & { count: number };
let unused: ToolRun;

beforeAll(async () => {
  for (const { path, text } of [
    ...cruiser,
    ...cruiserTargets(),
    ...linted,
    ...lintFits(),
    ...queries,
  ])
    tree.write(path, text);
  for (const { path, line } of lintEdits)
    tree.edit(path, 'import ', `${line}\nvoid Planted;\nimport `);
  tree.write(silenced, `// oxlint-${'disable'} no-console\nconsole.log('planted');\n`);
  tree.edit(
    'package.json',
    '"dependencies": {',
    '"dependencies": {\n    "planted-package": "^1.0.0",',
  );
  tree.edit(
    'apps/api/src/core/context/ids.ts',
    'export ',
    'export const plantedExport = 1;\nexport ',
  );
  tree.edit(
    'scripts/checks/house-rules.cjs',
    'const systemHandle = {',
    `const systemHandle = {\n  'apps/api/src/core/context/clock.ts': 'planted: it does not import the handle',
  '${ROOM}/planted-gone.ts': 'planted: there is no such file',\n  '${ROOM}/users.view.ts': '',`,
  );
  tree.edit(
    'scripts/checks/house-rules.cjs',
    'const adminHandle = {',
    `const adminHandle = {\n  'apps/api/src/core/context/ids.ts': 'planted: it does not import the handle',`,
  );
  tree.edit(
    'scripts/checks/house-rules.cjs',
    'const tableGuests = {',
    `const tableGuests = {\n  '${ROOM}/users.view.ts': { names: ['tickets'], why: 'planted: it does not query them' },`,
  );
  [cruised, lintRun, unused] = await Promise.all([cruise(tree), lint(tree), findUnused(tree)]);
}, 240_000);

afterAll(() => tree.remove());

describe('dependency-cruiser', () => {
  it('has a violation planted for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)(
      join(repository, '.dependency-cruiser.cjs'),
    ) as {
      forbidden: { name: string; severity: string }[];
    };
    const planted = new Set(cruiser.map(({ rule }) => rule));
    expect(forbidden.filter(({ name }) => !planted.has(name))).toEqual([]);
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });

  it.each(cruiser)('reports $rule for $path', ({ rule, path }) => {
    expect(cruised.findings).toContainEqual({ rule, path });
  });

  it('saw every file', () => {
    const files = ['apps', 'test', 'bench', 'prisma']
      .flatMap((folder) => filesBelow(tree.root, folder))
      .filter((path) => /\.(?:ts|tsx)$/.test(path));
    const seen = new Set(cruised.seen);
    expect(files.filter((path) => !seen.has(path))).toEqual([]);
    expect(cruised.seen.length).toBeGreaterThanOrEqual(files.length);
  });
});

describe('oxlint', () => {
  it.each([...linted, ...lintEdits])('reports $rule for $path', ({ rule, path }) => {
    expect(lintRun.findings).toContainEqual({ rule, path });
  });

  it.each(lintFits())('lets $path pass, which is of the allowed size', ({ path }) => {
    expect(lintRun.findings).not.toContainEqual({ rule: 'eslint(max-lines)', path });
  });

  it('saw every file', () => {
    const files = ['apps', 'test', 'bench', 'scripts']
      .flatMap((folder) => filesBelow(tree.root, folder))
      .filter((path) => /\.(?:ts|tsx|mjs|cjs)$/.test(path) && !isGenerated(path));
    expect(lintRun.count).toBeGreaterThanOrEqual(files.length);
  });
});

describe('knip', () => {
  it.each([
    { rule: 'files', path: `${ROOM}/planted-query-0.ts` },
    { rule: 'exports', path: 'apps/api/src/core/context/ids.ts' },
    { rule: 'dependencies', path: 'package.json planted-package' },
  ])('reports unused $rule: $path', (finding) => {
    expect(unused.findings).toContainEqual(finding);
  });
});

describe('the specs of this folder', () => {
  it.each(queries)('report that $path queries $name', ({ name, path }) => {
    expect(foreignQueries(tree.root)).toContainEqual(
      expect.stringMatching(new RegExp(`^${path}:1 queries ${name},`)),
    );
  });

  it('report a guest that queries nothing', () => {
    expect(foreignQueries(tree.root)).toContain(
      `${ROOM}/users.view.ts is in tableGuests for tickets and does not query it`,
    );
  });

  it('report entries of the cross-tenant list that nothing needs or explains', () => {
    expect(unusedHandleEntries(tree.root)).toEqual([
      'apps/api/src/core/context/clock.ts is in systemHandle and does not import the handle',
      `${ROOM}/planted-gone.ts is in systemHandle and does not exist`,
      `${ROOM}/users.view.ts has no reason in systemHandle`,
      'apps/api/src/core/context/ids.ts is in adminHandle and does not import the handle',
    ]);
  });

  it('report a check that a comment turns off', () => {
    expect(silencedChecks(tree.root)).toEqual([silenced]);
  });

  it('report a room and a layer that the map does not place', () => {
    expect(misplacedFolders(tree.root)).toEqual([
      'apps/api/src/core/planted is not listed',
      'apps/api/src/modules/planted is not listed',
    ]);
  });
});
