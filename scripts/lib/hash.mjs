import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';

/** One hash over the names and contents of files and folders; what does not exist is left out. */
export function hashOfFiles(inputs, ignored = []) {
  const hash = createHash('sha256');
  for (const file of inputs
    .flatMap((input) => filesIn(path.resolve(root, input), ignored))
    .sort()) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(entry, ignored) {
  if (!existsSync(entry) || ignored.some((name) => entry === inRoot(name))) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry).flatMap((name) => filesIn(path.join(entry, name), ignored));
}
