import { build, buildSteps } from '../lib/build.mjs';
import { currentNode, withNode } from '../lib/node.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { runInForeground } from '../lib/processes.mjs';
import { readSettings } from '../lib/settings.mjs';
import { openDatabase } from './start.mjs';

/** `npm run worker`: one more worker beside `npm start`, on the same database. */
export const steps = 4;

export const exitCodeOf = () => 0;

/** Its standard output is its log. */
export const quiet = () => true;

export async function main(progress) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  const settings = readSettings();
  await openDatabase(settings, progress);
  return runInForeground(currentNode(), ['--enable-source-maps', inRoot('dist/api/worker.js')], {
    cwd: root,
    env: withNode(settings.env),
  });
}
