import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isEnding } from './lifetime.mjs';
import { inRoot } from './paths.mjs';
import { identityOf, isAlive, waitFor } from './processes.mjs';

/**
 * A lock file that dies with its holder: it names the holder's process, and a file whose process has
 * gone counts for nothing. So a killed command never blocks the next one.
 */
export function tryLock(file, note = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ process: identityOf(process.pid), ...note });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      // Written under a name of its own and linked into place by `wx`, in one system call each: a reader
      // may see an empty file for an instant, which `readLock` counts as held.
      writeFileSync(file, mine, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (readLock(file)) return null;
    // Stale. Moving it away is atomic, so of two commands that both find it stale only one removes it.
    const grave = `${file}.${process.pid}.stale`;
    try {
      renameSync(file, grave);
      rmSync(grave, { force: true });
    } catch {
      // The other one was faster.
    }
  }
  return null;
}

/** What the living holder of a lock wrote into it, or null when nobody holds it. */
export function readLock(file) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    let text;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return null;
    }
    try {
      const held = JSON.parse(text);
      return isAlive(held.process) ? held : null;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  return null;
}

/** Waits for the lock, runs the work, releases it. `waiting` is told once when somebody else holds it. */
export async function withLock(file, work, waiting = () => {}) {
  let release = tryLock(file);
  if (!release) {
    waiting();
    // A command that is being stopped needs the lock for its own clean-up, but not for ever.
    await waitFor(() => (release = tryLock(file)), isEnding() ? 40_000 : 15 * 60_000, 50);
  }
  try {
    return await work();
  } finally {
    release?.();
  }
}

/** Two commands in one folder never install or build at the same time; the second waits for the first. */
export function setupLock() {
  return inRoot('.manydesk', 'setup.lock');
}
