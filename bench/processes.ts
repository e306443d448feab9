import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root, secret } from './environment.js';
import type { Slice } from './load.js';

export type AppName = 'raw' | 'typical' | 'ours';

/** An application under measurement. */
export interface App {
  name: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/** What runs our TypeScript; our own application runs as built. */
export const HOOKS = [
  '--import',
  new URL('../scripts/lib/typescript-hooks.mjs', import.meta.url).href,
];
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts `name` on the database of `databaseUrl`, in production mode, its log in `logFile`, with `settings` of its own. Resolves when it answers. */
export async function startApp(
  name: AppName,
  databaseUrl: string,
  logFile: string,
  nodeOptions: string[] = [],
  build = root,
  settings: Record<string, string> = {},
): Promise<App> {
  const port = await freePort();
  const file =
    name === 'ours'
      ? join(build, 'dist/api/main.js')
      : fileURLToPath(new URL(`./apps/${name}.ts`, import.meta.url));
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...(name === 'ours' ? [] : HOOKS), ...nodeOptions, file], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      MANYDESK_SECRET: secret,
      MANYDESK_DATA_DIR: join(root, '.manydesk/bench'),
      PUBLIC_URL: `http://localhost:${port}`,
      // Counted as always, and never reached: what counting costs is part of what is measured.
      RATE_LIMIT_PER_MINUTE: '100000000',
      RATE_LIMIT_PER_KEY_PER_MINUTE: '100000000',
      CONCURRENT_REQUESTS: '10000',
      ...settings,
    },
    stdio: ['ignore', log, log],
  });
  running.add(child);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      over = true;
      running.delete(child);
      resolve();
    });
  });
  const until = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (over || Date.now() > until)
      throw new Error(`${name} did not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { name, port, pid: child.pid!, stop };
}

/** The load client; one at a time runs. */
export class LoadClient {
  readonly #child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), { execArgv: HOOKS });

  constructor() {
    running.add(this.#child);
  }

  async load(file: string): Promise<void> {
    await this.#ask({ load: file });
  }

  run(port: number, connections: number, milliseconds: number): Promise<Slice> {
    return this.#ask({ run: { port, connections, milliseconds } }) as Promise<Slice>;
  }

  stop(): void {
    running.delete(this.#child);
    this.#child.disconnect();
  }

  #ask(message: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the load client has ended'));
      this.#child.once('exit', gone);
      this.#child.once('message', (answer) => {
        this.#child.off('exit', gone);
        resolve(answer);
      });
      this.#child.send(message);
    });
  }
}

/** The server's first process, when it runs on this machine and can be observed; else null. */
export async function postmasterOf(serverUrl: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const stat = readFileSync(`/proc/${rows[0]!.pid}/stat`, 'utf8');
    if (!stat.includes('(postgres)')) return null;
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  } finally {
    await client.end();
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/health/live`);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
