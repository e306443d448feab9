import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { settingsOf } from './app.js';
import type { TestDatabase } from './database.js';

const root = resolve(import.meta.dirname, '..', '..');

/** A door of the built product, open in a process of its own, so that it can really be killed. */
export class Door {
  /** Everything it has said. */
  output = '';
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #running = true;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += String(chunk)));
    }
    this.exited = new Promise((done) =>
      child.once('exit', (code, signal) => {
        this.#running = false;
        done({ code, signal });
      }),
    );
  }

  /** Opens the worker's door. Resolves when it says that it is ready. */
  static worker(database: TestDatabase, settings: Record<string, string> = {}): Promise<Door> {
    return Door.#open(database, 'worker.js', [], settings, '');
  }

  /** Opens the API's door on a free port, with the worker in the same process. */
  static async api(database: TestDatabase, settings: Record<string, string> = {}): Promise<Door> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    return Door.#open(database, 'main.js', ['--worker'], { ...settings, PORT: String(port) }, url);
  }

  static async #open(
    database: TestDatabase,
    file: string,
    flags: string[],
    settings: Record<string, string>,
    url: string,
  ): Promise<Door> {
    const dataDir = mkdtempSync(join(tmpdir(), 'manydesk-door-'));
    const env = { ...process.env, NODE_OPTIONS: '', ...settingsOf(database, dataDir), ...settings };
    const child = spawn(process.execPath, [join(root, 'dist/api', file), ...flags], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const door = new Door(child, url, dataDir);
    const ready = new Promise<'ready'>((done) => child.once('message', () => done('ready')));
    const first = await Promise.race([ready, door.exited]);
    if (first !== 'ready') throw new Error(`${file} did not open: ${door.output}`);
    return door;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.close();
  }

  /** Ends it in whatever way it is still there. For the end of a test. */
  async close(): Promise<void> {
    if (this.#running) this.signal('SIGKILL');
    await this.exited;
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
