import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onEnd, onHurry } from './lifetime.mjs';
import { currentNode, withNode } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { signal, waitFor } from './processes.mjs';
import { Sentence } from './sentence.mjs';

/**
 * Starts one door of the API under supervision and waits until it says that it is ready. Resolves to
 * `{ url, demo, ended, show(), stop() }`; `ended` resolves when the process ends, to words that say how.
 *
 * The door gets a channel on which it reports `{ type: 'step', text }` and `{ type: 'ready', url, demo }`,
 * and whose end tells it that we were killed, upon which it stops by itself. It lives in a session of its
 * own, so that a Ctrl-C in the terminal reaches it once, through us, and in order.
 *
 * `holdLog`: what it logs while it boots is kept until `show()`, so that the progress lines stay legible; what
 * it says on standard error is kept so in any case.
 */
export async function startApi(door, args, { env, step = () => {}, holdLog = false }) {
  const file = inRoot('dist/api', door);
  if (!existsSync(file))
    throw new Sentence(`the build has no ${file}; delete the folder dist and start again.`);
  const child = spawn(currentNode(), ['--enable-source-maps', file, ...args], {
    cwd: root,
    env: {
      ...withNode(env),
      // A fifth of the boot is compiling what has not changed since the last one.
      NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? inRoot('dist', '.compile-cache'),
      MANYDESK_SUPERVISED: '1',
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });

  // Errors are always held: when the door fails to open they are one sentence, which we say ourselves.
  let held = [];
  const forward = (stream, isHeld) => (chunk) =>
    held && isHeld ? held.push([stream, chunk]) : stream.write(chunk);
  child.stdout.on('data', forward(process.stdout, holdLog));
  child.stderr.on('data', forward(process.stderr, true));
  const show = () => {
    for (const [stream, chunk] of held ?? []) stream.write(chunk);
    held = null;
  };

  let over = false;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => {
      over = true;
      resolve(by ? `it was ended by ${by}` : `exit code ${code}`);
    });
  });
  const stop = async () => {
    if (over) return;
    signal(child.pid, 'SIGTERM');
    const stopHurry = onHurry(() => signal(child.pid, 'SIGKILL'));
    if (!(await waitFor(() => over, 15_000))) {
      signal(child.pid, 'SIGKILL');
      await ended;
    }
    stopHurry();
  };
  const forget = onEnd(stop);

  const ready = await new Promise((resolve) => {
    child.on('message', (message) => {
      if (message?.type === 'step') step(message.text);
      if (message?.type === 'ready') resolve(message);
    });
    void ended.then(() => resolve(null));
  });
  if (ready) {
    return {
      url: ready.url,
      demo: ready.demo ?? null,
      ended,
      show,
      stop: async () => {
        await stop();
        forget();
      },
    };
  }
  const how = await ended;
  const said = (held ?? []).map(([, chunk]) => String(chunk)).join('');
  const own = /^manydesk: (.+)$/m.exec(said);
  if (own && !own[1].startsWith('could not start:')) throw new Sentence(own[1]);
  show();
  throw new Sentence(`the API did not start (${how}); what it said is above.`);
}
