import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CORE,
  MODULES,
  apiSources,
  filesBelow,
  foldersIn,
  houseRules,
  isGenerated,
} from './house.js';

/** Entries of the lists of those who may import a cross-tenant handle which nothing needs, one sentence each. */
export function unusedHandleEntries(root: string): string[] {
  const sources = new Map(apiSources(root).map(({ path, text }) => [path, text]));
  const { systemHandle, adminHandle } = houseRules(root);
  const unused = (list: string, entries: Record<string, string>, handle: RegExp): string[] =>
    Object.entries(entries).flatMap(([path, why]) => {
      if (why.trim().length < 10) return [`${path} has no reason in ${list}`];
      const text = sources.get(path);
      if (text === undefined) return [`${path} is in ${list} and does not exist`];
      return handle.test(text) ? [] : [`${path} is in ${list} and does not import the handle`];
    });
  return [
    ...unused('systemHandle', systemHandle, /from '[^']*\/system-db\.js'/),
    ...unused('adminHandle', adminHandle, /from '[^']*\/admin-db\.js'/),
  ];
}

/** Where the lists of layers and rooms and the folders of the tree differ. */
export function misplacedFolders(root: string): string[] {
  const { layers, rooms } = houseRules(root);
  const differences = (listed: string[], folder: string): string[] => {
    const there = foldersIn(root, folder);
    return [
      ...there
        .filter((name) => !listed.includes(name))
        .map((name) => `${join(folder, name)} is not listed`),
      ...listed
        .filter((name) => !there.includes(name))
        .map((name) => `${join(folder, name)} is listed and not there`),
    ];
  };
  return [...differences(Object.keys(layers), CORE), ...differences(Object.keys(rooms), MODULES)];
}

/** A walk along the map that comes back to where it began, or nothing. */
export function cycleIn(map: Record<string, string[]>): string[] | undefined {
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    for (const next of map[name] ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const name of Object.keys(map)) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Assembled, so that this file does not hold what it looks for. */
const SILENCERS = new RegExp(`(?:oxlint|eslint)-${'disable'}|@ts-(?:ignore|no${'check'})`);

/** Files in which a comment turns a check off. An exception belongs in a list, with its reason, where it is seen. */
export function silencedChecks(root: string): string[] {
  return ['apps', 'bench', 'prisma', 'scripts', 'sdk', 'test']
    .flatMap((folder) => filesBelow(root, folder))
    .filter((path) => /\.(?:[cm]?js|tsx?)$/.test(path) && !isGenerated(path))
    .filter((path) => SILENCERS.test(readFileSync(join(root, path), 'utf8')));
}
