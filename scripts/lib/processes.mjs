import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isEnding, onEnd } from './lifetime.mjs';

const posix = process.platform !== 'win32';

/**
 * A process id alone does not name a process, ids are reused. The id with the moment of the start does.
 * Returns null when there is no such process (a zombie has ended, only nobody has collected it yet).
 */
export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return null;
  }
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : `${pid}:${fields[19]}`;
    } catch {
      return null;
    }
  }
  if (!posix) return `${pid}:`;
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return started.status === 0 ? `${pid}:${started.stdout.trim()}` : null;
}

/** Whether the process with this identity still runs. */
export function isAlive(identity) {
  const pid = Number(String(identity).split(':')[0]);
  return identityOf(pid) === identity;
}

/** Waits until `done()` is true; false when the time is over first. */
export async function waitFor(done, milliseconds, pause = 20) {
  const until = Date.now() + milliseconds;
  while (!(await done())) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return true;
}

/** Sends a signal to a process that may have gone already. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a tool to its end with its output held back. It gets a process group of its own, so that a
 * Ctrl-C does not reach it half way through a file: we end the whole group ourselves.
 * Resolves to `{ code, output }`; rejects only when the program cannot be started.
 */
export function run(command, args, { cwd, env, input, uid, gid } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      uid,
      gid,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: posix,
      windowsHide: true,
    });
    const chunks = [];
    const ended = new Promise((over) => child.once('close', over));
    const forget = onEnd(async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      signal(posix ? -child.pid : child.pid, 'SIGKILL');
      await ended;
    });
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('close', (code, by) => {
      forget();
      // While everything is being stopped nobody may take the killed tool for a failed one.
      if (isEnding()) reject(new Error('stopped'));
      else resolve({ code: code ?? 1, by, output: Buffer.concat(chunks).toString('utf8') });
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

/**
 * Runs a program in the foreground, with our terminal. Resolves to its exit code. It shares our process
 * group, so a Ctrl-C reaches it by itself; a signal that was sent to us alone is passed on.
 */
export function runInForeground(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', windowsHide: true });
    const ended = new Promise((over) => child.once('close', over));
    const forget = onEnd(async () => {
      if (child.exitCode === null && child.signalCode === null) {
        signal(child.pid, 'SIGTERM');
        const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), 10_000);
        await ended;
        clearTimeout(timer);
      }
    });
    child.once('error', reject);
    child.once('close', (code) => {
      forget();
      if (isEnding()) reject(new Error('stopped'));
      else resolve(code ?? 1);
    });
  });
}
