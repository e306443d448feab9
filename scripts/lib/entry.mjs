import { spawn } from 'node:child_process';
import { end, fail, listenForTheEnd } from './lifetime.mjs';
import { setupLock, withLock } from './lock.mjs';
import { currentNode, isNodeCurrent } from './node.mjs';
import { installPackages } from './packages.mjs';
import { root } from './paths.mjs';
import { Progress } from './progress.mjs';
import { signal } from './processes.mjs';

/** Set for the second of the two processes: the packages were seen to by the first. */
const relayed = 'MANYDESK_RELAYED';

/**
 * The way of every command: its early checks, the packages, then the command itself under Node 24. When
 * we already run on a Node that will do, that is one process; else the packages bring a Node 24, which
 * runs the same command again while this process waits for it.
 */
export async function enter(name) {
  const inner = process.env[relayed] === '1' && isNodeCurrent();
  delete process.env[relayed];
  try {
    const command = await import(`../commands/${name}.mjs`);
    listenForTheEnd(command.exitCodeOf ?? (() => 130));
    const progress = new Progress(command.steps, {
      out: command.quiet?.() ? process.stderr : process.stdout,
      done: inner ? 1 : 0,
    });
    if (!inner) {
      await command.before?.();
      await progress.step('packages', (note) =>
        withLock(
          setupLock(),
          () => installPackages(),
          () => note('waiting for another command'),
        ),
      );
    }
    if (inner || isNodeCurrent())
      await end((await command.main(progress, process.argv.slice(2))) ?? 0);
    else await end(await runUnderCurrentNode());
  } catch (error) {
    await fail(error);
  }
}

/**
 * The same command under Node 24. The channel between the two ends when this process dies, by whatever
 * means, and the other then stops all that it started.
 */
function runUnderCurrentNode() {
  const node = currentNode();
  return new Promise((resolve, reject) => {
    const child = spawn(node, process.argv.slice(1), {
      cwd: root,
      env: { ...process.env, [relayed]: '1' },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.removeAllListeners(name);
      process.on(name, () => signal(child.pid, name));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
