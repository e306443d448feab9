import { build, buildSteps } from '../lib/build.mjs';
import { currentNode, withNode } from '../lib/node.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { runInForeground } from '../lib/processes.mjs';
import { openDatabase } from './start.mjs';
import { readSettings } from '../lib/settings.mjs';

/** `npm run cli -- <command>`: one command of the API's own command line, on the same database as `npm start`. */
export const steps = 4;

/** Commands that look at a file and at nothing else. */
const OFFLINE = new Set(['audit:verify']);

/** What the command prints is for the next program; our progress is not. */
export const quiet = () => true;

export async function main(progress, args) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  const settings = readSettings();
  if (!OFFLINE.has(args[0])) await openDatabase(settings, progress);
  return runInForeground(
    currentNode(),
    ['--enable-source-maps', inRoot('dist/api/cli.js'), ...args],
    {
      cwd: root,
      env: withNode(settings.env),
    },
  );
}
