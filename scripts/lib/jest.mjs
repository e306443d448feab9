import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { currentNode, withNode } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { runInForeground } from './processes.mjs';

/**
 * Runs Jest in the foreground, then prints `N passed, N failed` as the last line of all. Resolves to the
 * exit code. A run that ended badly never reads as one without failures.
 */
export async function runJest(args, { env }) {
  const counts = inRoot('.manydesk', `test-counts-${process.pid}.json`);
  mkdirSync(path.dirname(counts), { recursive: true });
  const jest = inRoot('node_modules/jest/bin/jest.js');
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  let code = await runInForeground(currentNode(), [...options, jest, ...args], {
    cwd: root,
    env: { ...withNode(env), MANYDESK_TEST_COUNTS: counts },
  });
  // Asked for its help or its list of tests, Jest runs none.
  const result = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : null;
  rmSync(counts, { force: true });
  const { passed, failed, skipped } = result ?? {
    passed: 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
  };
  const failures = code !== 0 && failed === 0 && passed > 0 ? 1 : failed;
  if (failures > 0 && code === 0) code = 1;
  return {
    code,
    line: `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  };
}
