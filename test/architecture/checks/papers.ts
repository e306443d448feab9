import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE, MODULES, foldersIn } from './house.js';

/** One screen. */
const MOST_LINES = 60;

/** What docs/architecture.md says that is not so, or leaves out, one sentence each. */
export function untruths(root: string): string[] {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const found: string[] = [];
  const lines = text.trimEnd().split('\n').length;
  if (lines > MOST_LINES) found.push(`it has ${lines} lines, and ${MOST_LINES} are one screen`);
  for (const [kind, folder] of [
    ['room', MODULES],
    ['layer', CORE],
  ] as const) {
    for (const name of foldersIn(root, folder)) {
      if (!new RegExp(`\\b${name}\\b`).test(text))
        found.push(`it does not name the ${kind} ${name}`);
    }
  }
  for (const path of pathsIn(text)) {
    if (!existsSync(join(root, path))) found.push(`it names ${path}, which is not there`);
  }
  return found;
}

/** Paths from the root of the repository that the text names in backquotes or links. */
function pathsIn(text: string): string[] {
  const named = [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)+\/?)`|\]\(((?!\w+:|#)[^)#\s]+)/g)];
  return named
    .map(([, quoted, linked]) => quoted ?? join('docs', linked!))
    .filter((path) => /^(?:apps|bench|docs|prisma|scripts|test)\//.test(path));
}
