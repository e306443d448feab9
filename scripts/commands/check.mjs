import { existsSync } from 'node:fs';
import { build, buildSteps } from '../lib/build.mjs';
import { currentNode, withNode } from '../lib/node.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/processes.mjs';
import { seconds } from '../lib/progress.mjs';

/** `npm run check`: every check runs, also after one that failed, so that one run shows all there is to mend. */
const checks = [
  { name: 'format', tool: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', tool: ['oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'types', tool: ['typescript/bin/tsc', '-p', '.', '--noEmit'] },
  {
    name: 'types of the dashboard',
    tool: ['typescript/bin/tsc', '-p', 'apps/dashboard', '--noEmit'],
  },
  { name: 'types of the SDK', tool: ['typescript/bin/tsc', '-p', 'sdk', '--noEmit'] },
  {
    name: 'types of the browser tests',
    tool: ['typescript/bin/tsc', '-p', 'test/browser', '--noEmit'],
    when: () => existsSync(inRoot('test/browser/tsconfig.json')),
  },
  {
    name: 'rooms',
    tool: [
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      'apps',
      'test',
      'bench',
      'prisma',
      'scripts',
    ],
  },
  {
    name: 'unused',
    tool: ['knip/bin/knip.js', '--no-progress', '--tsConfig', 'scripts/checks/tsconfig.knip.json'],
  },
  {
    name: 'API document',
    // Warnings count too; nothing is sent and nothing fetched.
    tool: ['@redocly/cli/bin/cli.js', 'lint', 'dist/openapi.json', '--extends=recommended-strict'],
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  },
  {
    name: 'guards of the guards',
    node: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    tool: ['jest/bin/jest.js', '--config', 'scripts/checks/jest.config.js', '--runInBand', '--ci'],
  },
].filter(({ when }) => when?.() ?? true);

/** Two at a time: the type checks take longest, and the smallest machine has two cores. */
const atOnce = 2;

export const steps = 5;

export async function main(progress) {
  await progress.step('database client', (note) => build(buildSteps.client, note));
  await progress.step('API', (note) => build(buildSteps.api, note));
  await progress.step('API types', (note) => build(buildSteps.contract, note));
  await progress.step('API document', (note) => build(buildSteps.document, note));
  const waiting = [...checks];
  const failed = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await runCheck(check))) failed.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const all = `${checks.length - failed.length} of ${checks.length} checks passed`;
  process.stdout.write(failed.length > 0 ? `${all}; failed: ${failed.join(', ')}\n` : `${all}\n`);
  return failed.length > 0 ? 1 : 0;
}

async function runCheck({ name, node = [], tool: [script, ...args], env = {} }) {
  const started = Date.now();
  const { code, output } = await run(
    currentNode(),
    [...node, inRoot('node_modules', script), ...args],
    {
      cwd: root,
      env: withNode({
        ...process.env,
        ...env,
        ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
      }),
    },
  );
  const took = seconds(Date.now() - started);
  process.stdout.write(
    code === 0 ? `${name} … ok (${took})\n` : `${name} … failed (${took})\n${output.trimEnd()}\n`,
  );
  return code === 0;
}
