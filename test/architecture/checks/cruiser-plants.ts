import { CORE, MODULES, type HouseRules } from './house.js';

/** A violation: the file that commits it and the rule that must name it. */
export interface Plant {
  rule: string;
  path: string;
  text: string;
}

const importing = (specifier: string): string => `import '${specifier}';\n`;
const naming = (name: string, specifier: string): string =>
  `import type { ${name} } from '${specifier}';\nexport type Planted = ${name};\n`;

/** A folder below each layer that it must not know, as an import from within `core/<layer>/`. */
function layerPlants({ layers }: HouseRules): Plant[] {
  return Object.keys(layers).map((layer) => {
    // `http` stands on every layer, so it can only break out to a folder that nobody has placed.
    const above = Object.keys(layers).find(
      (other) => other !== layer && !layers[layer]!.includes(other),
    );
    const target = layer === 'http' ? 'planted/thing' : `${above}/planted`;
    return {
      rule: `core-layer-${layer}`,
      path: `${CORE}/${layer}/planted.ts`,
      text: importing(`../${target}.js`),
    };
  });
}

/** From each room into one that its line of the map does not name. */
function mapPlants({ rooms }: HouseRules): Plant[] {
  return Object.entries(rooms).map(([room, known]) => {
    const stranger = Object.keys(rooms).find((other) => other !== room && !known.includes(other));
    return {
      rule: `room-map-${room}`,
      path: `${MODULES}/${room}/planted-map.ts`,
      text: importing(`#modules/${stranger}/${stranger}.module.js`),
    };
  });
}

/** One violation, at least, of every rule of .dependency-cruiser.cjs. */
export function cruiserPlants(rules: HouseRules): Plant[] {
  const room = `${MODULES}/users`;
  const type = naming('Settings', '#core/config/settings.js');
  return [
    ...layerPlants(rules),
    ...mapPlants(rules),
    {
      rule: 'core-knows-no-room',
      path: `${CORE}/context/planted-room.ts`,
      text: importing('#modules/users/users.service.js'),
    },
    {
      rule: 'core-layers-are-listed',
      path: `${CORE}/planted/thing.ts`,
      text: naming('Settings', '../config/settings.js'),
    },
    {
      rule: 'rooms-have-doors',
      path: `${MODULES}/auth/planted-door.ts`,
      text: importing('#modules/users/users.view.js'),
    },
    {
      rule: 'rooms-have-doors',
      path: `${MODULES}/auth/planted-back-door.ts`,
      text: naming('X', '#modules/users/users.exceptions.js'),
    },
    {
      rule: 'rooms-know-not-what-starts-them',
      path: `${room}/planted-up.ts`,
      text: importing('../../app.module.js'),
    },
    {
      rule: 'rooms-have-doors-for-the-house-too',
      path: 'apps/api/src/planted-house.ts',
      text: importing('#modules/users/users.view.js'),
    },
    { rule: 'room-map-is-complete', path: `${MODULES}/planted/planted.ts`, text: type },
    { rule: 'no-cycles', path: `${room}/planted-a.ts`, text: naming('B', './planted-b.js') },
    {
      rule: 'edge-knows-no-storage',
      path: `${room}/planted.controller.ts`,
      text: importing('#core/tenancy/tenant-db.js'),
    },
    {
      rule: 'edge-knows-no-storage',
      path: `${room}/dto/planted.dto.ts`,
      text: importing('#core/database/transaction.js'),
    },
    {
      rule: 'edge-knows-no-storage',
      path: `${room}/planted-jobs.controller.ts`,
      text: importing('#core/jobs/queue.js'),
    },
    {
      rule: 'queue-library-in-jobs-only',
      path: `${room}/planted-queue.ts`,
      text: naming('Job', 'bullmq'),
    },
    {
      rule: 'system-handle-only-where-listed',
      path: `${room}/planted-handle.ts`,
      text: naming('SystemDb', '#core/database/system-db.js'),
    },
    {
      rule: 'admin-handle-only-where-listed',
      path: `${room}/planted-admin-handle.ts`,
      text: naming('AdminDb', '#core/database/admin-db.js'),
    },
    {
      rule: 'connections-are-opened-in-database-only',
      path: `${room}/planted-connection.ts`,
      text: importing('pg'),
    },
    {
      rule: 'rooms-hold-the-scoped-handle-only',
      path: `${room}/planted-raw-client.ts`,
      text: importing('#core/database/prisma-client.js'),
    },
    {
      rule: 'generated-client-values-in-database-only',
      path: `${room}/planted-values.ts`,
      text: importing('#core/database/generated/client.js'),
    },
    {
      rule: 'generated-client-never-at-the-edge',
      path: `${room}/dto/planted-type.dto.ts`,
      text: naming('Prisma', '#core/database/generated/client.js'),
    },
    {
      rule: 'dashboard-knows-no-api',
      path: 'apps/dashboard/src/planted.ts',
      text: naming('Settings', '../../api/src/core/config/settings.js'),
    },
    {
      rule: 'api-knows-no-dashboard',
      path: `${CORE}/context/planted-dashboard.ts`,
      text: importing('../../../../dashboard/src/planted.js'),
    },
    {
      rule: 'nothing-imports-tests',
      path: `${CORE}/context/planted-test.ts`,
      text: importing('../../../../../test/planted.js'),
    },
    {
      rule: 'product-knows-no-tools',
      path: `${CORE}/context/planted-tool.ts`,
      text: importing('../../../../../bench/planted.js'),
    },
    {
      rule: 'product-needs-no-development-package',
      path: `${CORE}/context/planted-package.ts`,
      text: importing('smtp-server'),
    },
    {
      rule: 'relative-imports-stay-in-the-room',
      path: `${room}/planted-relative.ts`,
      text: naming('Settings', '../../core/config/settings.js'),
    },
    {
      rule: 'aliases-lead-out-of-the-room',
      path: `${room}/planted-alias.ts`,
      text: importing('#modules/users/users.service.js'),
    },
    { rule: 'no-barrels', path: `${room}/planted-barrel.ts`, text: importing('./barrel/index.js') },
    {
      rule: 'every-import-resolves',
      path: `${room}/planted-missing.ts`,
      text: importing('./nowhere.js'),
    },
  ];
}

/** What the plants import and is not there yet. */
export function cruiserTargets(): { path: string; text: string }[] {
  const room = `${MODULES}/users`;
  const planted = 'export const planted = true;\n';
  return [
    { path: 'test/planted.ts', text: planted },
    { path: 'bench/planted.ts', text: planted },
    { path: `${room}/barrel/index.ts`, text: planted },
    {
      path: `${room}/planted-b.ts`,
      text: `export type B = string;\n${naming('Planted', './planted-a.js').replace('export type Planted', 'export type A')}`,
    },
  ];
}
