import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TestDatabase } from '../support/database.js';
import { Door } from '../support/door.js';
import { eventually } from '../support/jobs.js';
import { repository } from '../architecture/checks/house.js';

/** An address that stays while the process behind it comes and goes, as a load balancer's does. */
class Front {
  target = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Front> {
    const front: Front = new Front(createServer((socket) => front.#join(socket)));
    await new Promise<void>((done) => front.server.listen(0, '127.0.0.1', done));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  #join(socket: Socket): void {
    const behind = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}

/** A mirror of the tickets in a process of its own, as an integrator would run it. */
class MirrorProcess {
  output = '';
  readonly exited: Promise<number | null>;

  constructor(
    private readonly child: ChildProcess,
    readonly startedAt = Date.now(),
  ) {
    child.stderr!.on('data', (chunk: Buffer) => (this.output += String(chunk)));
    child.stdout!.on('data', (chunk: Buffer) => (this.output += String(chunk)));
    this.exited = new Promise((done) => child.once('exit', (code) => done(code)));
  }

  static start(url: string, key: string, file: string): MirrorProcess {
    const hooks = join(repository, 'scripts/lib/typescript-hooks.mjs');
    const program = join(repository, 'sdk/examples/mirror.ts');
    const options = ['--conditions=source', '--import', hooks, program, file];
    const env = { ...process.env, NODE_OPTIONS: '', MANYDESK_URL: url, MANYDESK_KEY: key };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return new MirrorProcess(spawn(process.execPath, options, { env, stdio: [...stdio] }));
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** The API, a worker and a mirror, each in a process of its own, which die and come back. */
export class MirrorScene {
  /** How often each was killed. */
  readonly deaths = { api: 0, worker: 0, mirror: 0 };

  private constructor(
    private readonly database: TestDatabase,
    private readonly front: Front,
    private readonly key: string,
    private readonly file: string,
    private api: Door,
    private worker: Door,
    private mirror: MirrorProcess,
  ) {}

  static async open(database: TestDatabase, key: string, file: string): Promise<MirrorScene> {
    const front = await Front.open();
    const [api, worker] = await Promise.all([Door.api(database), Door.worker(database)]);
    front.target = Number(new URL(api.url).port);
    const mirror = MirrorProcess.start(front.url, key, file);
    return new MirrorScene(database, front, key, file, api, worker, mirror);
  }

  /** Where the API is, whichever process it is now. */
  get url(): string {
    return this.front.url;
  }

  /** Kills one of the three as a power cut would, and starts it again. */
  async kill(which: keyof MirrorScene['deaths']): Promise<void> {
    this.deaths[which] += 1;
    if (which === 'mirror') {
      await this.mirror.end('SIGKILL');
      this.mirror = MirrorProcess.start(this.front.url, this.key, this.file);
    } else if (which === 'worker') {
      await this.worker.kill();
      this.worker = await Door.worker(this.database);
    } else {
      await this.api.kill();
      this.api = await Door.api(this.database);
      this.front.target = Number(new URL(this.api.url).port);
    }
  }

  /** Ends the mirror in peace, once its file says that it has read the log to `head`. */
  async finish(head: () => Promise<number>, position: () => number): Promise<void> {
    await eventually(
      'the mirror has read the log to its end',
      async () => position() >= (await head()),
      120_000,
    );
    const code = await this.mirror.end('SIGTERM');
    if (code !== 0) throw new Error(`the mirror ended with ${code}: ${this.mirror.output}`);
  }

  async close(): Promise<void> {
    await this.mirror.end('SIGKILL');
    await Promise.all([this.api.close(), this.worker.close()]);
    await this.front.close();
  }
}
