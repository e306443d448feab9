import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

export const CORE = 'apps/api/src/core';
export const MODULES = 'apps/api/src/modules';

/** The shape of scripts/checks/house-rules.cjs. */
export interface HouseRules {
  layers: Record<string, string[]>;
  rooms: Record<string, string[]>;
  systemHandle: Record<string, string>;
  adminHandle: Record<string, string>;
  tableHomes: Record<string, string[]>;
  tableGuests: Record<string, { names: string[]; why: string }>;
}

/** Whether tools wrote the file. */
export function isGenerated(path: string): boolean {
  return (
    path.startsWith(`${CORE}/database/generated/`) ||
    path.startsWith('sdk/dist/') ||
    ['apps/dashboard/src/api/schema.d.ts', 'sdk/src/schema.ts'].includes(path)
  );
}

/** The rules as written in the tree at `root`. */
export function houseRules(root = repository): HouseRules {
  return createRequire(import.meta.url)(join(root, 'scripts/checks/house-rules.cjs')) as HouseRules;
}

/** Paths of the files below `folder`, relative to `root`, with forward slashes. */
export function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

/** The hand-written sources of the API, specs left out. */
export function apiSources(root: string): { path: string; text: string }[] {
  return filesBelow(root, 'apps/api/src')
    .filter((path) => path.endsWith('.ts') && !/\.(?:spec|d)\.ts$/.test(path))
    .filter((path) => !isGenerated(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Names of the folders directly in `folder`. */
export function foldersIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}
