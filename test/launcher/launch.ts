import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { isNodeCurrent } from '../../scripts/lib/node.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const mark = 'MANYDESK_LAUNCHER_TEST';

/** A real `npm start` (without npm), in a data folder of its own. */
export interface Launch {
  child: ChildProcess;
  /** What it has printed so far: to either stream, and to each. */
  output(): string;
  log(): string;
  errors(): string;
  /** Resolves with what was printed once a line matches, rejects when the process ends first. */
  printed(pattern: RegExp): Promise<string>;
  ended: Promise<number | null>;
  /** Sends a signal to the whole process group, as a terminal does on Ctrl-C. */
  interrupt(): void;
  /** The processes that this launch has started and that still live. */
  leftovers(): string[];
}

const launched = new Set<Launch>();

/** Ends what a failed test has left running. */
export async function endAll(): Promise<void> {
  for (const { child, ended } of launched) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await ended;
    }
  }
  launched.clear();
}

/** Starts the launcher with these settings and none of those around us. */
export function launch(settings: Record<string, string>, script = 'scripts/start.mjs'): Launch {
  const id = randomUUID();
  const own =
    /^(MANYDESK_|DATABASE_|PORT$|HOST$|PUBLIC_URL$|REDIS_URL$|SMTP_URL$|NODE_ENV$|NODE_OPTIONS$|npm_)/;
  const around = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.test(name)),
  );
  const child = spawn(oldestNode(), [join(root, script)], {
    cwd: root,
    env: {
      ...around,
      PORT: '',
      DATABASE_URL: '',
      NODE_ENV: '',
      MANYDESK_SECRET: '',
      ...settings,
      [mark]: id,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let log = '';
  let errors = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer, isError: boolean) => {
    output += String(chunk);
    if (isError) errors += String(chunk);
    else log += String(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', (chunk: Buffer) => hear(chunk, false));
  child.stderr.on('data', (chunk: Buffer) => hear(chunk, true));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const folder = settings.MANYDESK_DATA_DIR ?? id;
  const started: Launch = {
    child,
    output: () => output,
    log: () => log,
    errors: () => errors,
    ended,
    printed: (pattern) =>
      new Promise((found, failed) => {
        const look = () => {
          if (pattern.test(output)) found(output);
        };
        listeners.add(look);
        look();
        void ended.then(() => failed(new Error(`ended before it printed ${pattern}:\n${output}`)));
      }),
    interrupt: () => process.kill(-child.pid!, 'SIGINT'),
    leftovers: () => processesWith(`${mark}=${id}`, folder),
  };
  launched.add(started);
  return started;
}

/** A data folder that goes away with the test, inside one that only its owner may enter. */
export function dataFolder(): { path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), 'manydesk-launcher-'));
  return {
    path: join(parent, 'data'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = await listen(0);
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Another program that listens on a port of 127.0.0.1. */
export function listen(port: number): Promise<Server> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

/** Waits for something to become true; the failed expectation of the caller tells when it does not. */
export async function eventually(isTrue: () => boolean, milliseconds = 10_000): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (!isTrue()) {
    if (Date.now() > until) return false;
    await new Promise((done) => setTimeout(done, 50));
  }
  return true;
}

/** The machine's own Node when it is too old for us, so that bringing our own is tried as well. */
function oldestNode(): string {
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'));
  const old = candidates.find((file) => {
    const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    return status === 0 && !isNodeCurrent(stdout.trim().slice(1));
  });
  return old ?? process.execPath;
}

/** By a mark in the environment, which children inherit, or by the data folder on the command line. */
function processesWith(environment: string, argument: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const isOurs =
          command.includes(argument) ||
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(environment);
        return isOurs && command !== '' ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}
