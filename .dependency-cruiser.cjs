const { layers, rooms, systemHandle, adminHandle } = require('./scripts/checks/house-rules.cjs');

const core = '^apps/api/src/core/';
const modules = '^apps/api/src/modules/';
const generated = `${core}database/generated/`;
const escape = (path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const oneOf = (names) => `(?:${names.map(escape).join('|')})`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-knows-no-room',
      comment: 'Rule 1. Core is what every room stands on: it must make sense without any of them.',
      severity: 'error',
      from: { path: core },
      to: { path: '^apps/api/src/', pathNot: core },
    },
    {
      name: 'rooms-know-not-what-starts-them',
      comment: 'Rule 1. A room does not reach up to the doors, the app module or the seed.',
      severity: 'error',
      from: { path: modules },
      to: { path: '^apps/api/src/', pathNot: [core, modules] },
    },
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `core-layer-${layer}`,
      comment: `Rule 1. ${layer} may import ${below.join(', ') || 'nothing else'} of core.`,
      severity: 'error',
      from: { path: `${core}${layer}/` },
      to: { path: core, pathNot: `${core}${oneOf([layer, ...below])}/` },
    })),
    {
      name: 'core-layers-are-listed',
      comment:
        'Rule 1. A folder of core that scripts/checks/house-rules.cjs does not place imports nothing.',
      severity: 'error',
      from: { path: core, pathNot: `${core}${oneOf(Object.keys(layers))}/` },
      to: {},
    },
    {
      name: 'rooms-have-doors',
      comment:
        'Rule 2. Another room is entered by its *.module.ts, *.service.ts or *.events.ts; its *.dto.ts may be ' +
        'named too, because an answer that holds another room’s resource shows it in that room’s form.',
      severity: 'error',
      from: { path: `${modules}([^/]+)/` },
      to: {
        path: modules,
        pathNot: [`${modules}$1/`, '\\.(?:module|service|events)\\.ts$', '/dto/[^/]+\\.dto\\.ts$'],
      },
    },
    {
      name: 'rooms-have-doors-for-the-house-too',
      comment:
        'Rule 2. What starts or seeds the product enters a room as another room does; the app module also reads ' +
        'the contracts of its jobs.',
      severity: 'error',
      from: { path: '^(?:apps/api/src|prisma|bench)/', pathNot: [core, modules] },
      to: { path: modules, pathNot: '\\.(?:module|service|events|jobs)\\.ts$' },
    },
    ...Object.entries(rooms).map(([room, known]) => ({
      name: `room-map-${room}`,
      comment: `Rule 3. ${room} may know ${known.join(', ') || 'no other room'}; all else goes by ledger event.`,
      severity: 'error',
      from: { path: `${modules}${room}/` },
      to: { path: modules, pathNot: `${modules}${oneOf([room, ...known])}/` },
    })),
    {
      name: 'room-map-is-complete',
      comment:
        'Rule 3. A room that scripts/checks/house-rules.cjs does not place knows nothing and nobody.',
      severity: 'error',
      from: { path: modules, pathNot: `${modules}${oneOf(Object.keys(rooms))}/` },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Rule 4. In ESM a cycle, of types too, leaves decorator metadata undefined at boot.',
      severity: 'error',
      from: { path: '^(?:apps|bench|prisma|scripts)/', pathNot: generated },
      to: { circular: true, viaOnly: { pathNot: generated } },
    },
    {
      name: 'edge-knows-no-storage',
      comment:
        'Rule 6. A controller or DTO asks a service: no database, no generated client, no jobs.',
      severity: 'error',
      from: { path: ['\\.controller\\.ts$', '^apps/api/src/.*/dto/'] },
      to: {
        path: [
          `${core}database/`,
          `${core}jobs/`,
          `${core}tenancy/tenant-`,
          `${modules}.*/jobs/`,
          '\\.job\\.ts$',
        ],
        // The words for pages of a list; it holds no handle.
        pathNot: [`${core}tenancy/tenant-guard`, `${core}database/page\\.ts$`],
      },
    },
    {
      name: 'queue-library-in-jobs-only',
      comment:
        'Rule 7. Jobs are added by the relay and run by the job runner; nothing else sees the queue.',
      severity: 'error',
      from: { path: '^apps/', pathNot: `${core}jobs/` },
      to: { path: 'node_modules/(?:@nestjs/)?bullmq/' },
    },
    {
      name: 'system-handle-only-where-listed',
      comment:
        'Rule 8. The handle that sees across organizations: scripts/checks/house-rules.cjs lists who and why.',
      severity: 'error',
      from: {
        path: '^(?:apps|prisma)/',
        pathNot: Object.keys(systemHandle).map((file) => `^${escape(file)}$`),
      },
      to: { path: `${core}database/system-db\\.ts$` },
    },
    {
      name: 'admin-handle-only-where-listed',
      comment:
        'Rule 8. The handle of the staff: the room of the staff has it, and scripts/checks/house-rules.cjs lists who else.',
      severity: 'error',
      from: {
        path: '^(?:apps|prisma)/',
        pathNot: [
          `${modules}admin/[^/]+\\.service\\.ts$`,
          ...Object.keys(adminHandle).map((file) => `^${escape(file)}$`),
        ],
      },
      to: { path: `${core}database/admin-db\\.ts$` },
    },
    {
      name: 'connections-are-opened-in-database-only',
      comment:
        'Rule 8. A connection of somebody’s own would pass by the tenant pool and all that it does.',
      severity: 'error',
      from: { path: '^(?:apps|prisma)/', pathNot: [`${core}database/`, '\\.spec\\.ts$'] },
      to: {
        path: 'node_modules/(?:(?:@types/)?pg|@prisma/(?:adapter-pg|client|schema-engine-wasm))/',
      },
    },
    {
      name: 'rooms-hold-the-scoped-handle-only',
      comment:
        'Rule 8. The unscoped client and the pool under it are for core; a room gets what tenancy has scoped.',
      severity: 'error',
      from: { path: modules },
      to: {
        path: `${core}database/`,
        dependencyTypesNot: ['type-only'],
        pathNot: [
          `${core}database/(?:page|prepared-statement|notifications|outside-transactions|system-db|admin-db)\\.ts$`,
          generated,
        ],
      },
    },
    {
      name: 'generated-client-values-in-database-only',
      comment: 'Rule 10. Elsewhere the generated client lends its types only.',
      severity: 'error',
      from: { path: '^(?:apps|prisma)/', pathNot: `${core}database/` },
      to: { path: generated, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'generated-client-never-at-the-edge',
      comment: 'Rule 10. Not even a type of a table where the contract with clients is written.',
      severity: 'error',
      from: { path: ['\\.controller\\.ts$', '^apps/api/src/.*/dto/', '^apps/dashboard/'] },
      to: { path: [generated, 'node_modules/(?:@prisma|\\.prisma)/'] },
    },
    {
      name: 'dashboard-knows-no-api',
      comment: 'Rule 11. The dashboard talks HTTP; its types come from the OpenAPI document.',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^(?:apps/api|dist|prisma)/' },
    },
    {
      name: 'api-knows-no-dashboard',
      comment: 'Rule 11. The API serves the built files and imports none of them.',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^apps/dashboard/' },
    },
    {
      name: 'nothing-imports-tests',
      comment:
        'Rule 11. Product code does not lean on what only tests have. A spec beside its source may.',
      severity: 'error',
      from: { path: '^(?:apps|prisma|scripts|bench)/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: ['^test/', '\\.spec\\.tsx?$'] },
    },
    {
      name: 'product-knows-no-tools',
      comment:
        'What runs in production is in the image: no scripts, no benchmark, no development package.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(?:scripts|bench|prisma)/' },
    },
    {
      name: 'product-needs-no-development-package',
      comment: 'The image has the production packages only.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'relative-imports-stay-in-the-room',
      comment:
        'A relative import stays in the room; #core/… and #modules/… leave it, so that leaving is seen.',
      severity: 'error',
      from: { path: `${modules}([^/]+)/` },
      to: {
        path: '^apps/',
        pathNot: `${modules}$1/`,
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'aliases-lead-out-of-the-room',
      comment: 'Inside a room an import is relative.',
      severity: 'error',
      from: { path: `${modules}([^/]+)/` },
      to: { path: `${modules}$1/`, dependencyTypes: ['aliased-subpath-import'] },
    },
    {
      name: 'no-barrels',
      comment: 'An index file hides which door was used.',
      severity: 'error',
      from: {},
      to: { path: '/index\\.tsx?$', pathNot: 'node_modules' },
    },
    {
      name: 'every-import-resolves',
      comment: 'What the cruiser cannot resolve it cannot judge.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^test/fixtures/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Without it type imports are not seen, and half of the rules speak of them.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
