import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Clock } from '#core/context/clock.js';
import { createApp } from '#core/http/create-app.js';
import { AppModule } from '../../apps/api/src/app.module.js';
import { Client } from './as.js';
import { FixedClock, takeOver } from './clock.js';
import { workerDatabase, type TestDatabase } from './database.js';
import { Given } from './given.js';

export interface AppOptions {
  /** Whether the relay and the jobs run in it too. */
  worker?: boolean;
  /** Settings beside those of every test, by the names of the environment. */
  settings?: Record<string, string>;
  /** Whether it listens on a port of its own: streams and raw sockets need one. */
  listen?: boolean;
  /** Controllers of the test's own, beside those of the product. */
  controllers?: Type[];
  /** Another database than the worker's. */
  database?: TestDatabase;
  /** A folder for its files that outlives it; one of its own if not said. */
  dataDir?: string;
}

/** The product with controllers of a test. */
class WithMore {}

/** The real application under test, on a real database. */
export class RunningApp {
  readonly given: Given;
  readonly clock = new FixedClock();

  constructor(
    readonly app: NestFastifyApplication,
    readonly document: OpenAPIObject,
    readonly database: TestDatabase,
    /** Where it listens; empty when it does not. */
    readonly url: string,
    readonly dataDir: string,
    private readonly keepsFiles = false,
  ) {
    takeOver(app.get(Clock), this.clock);
    this.given = new Given(this);
  }

  /** A caller with `token`, or with no credential. A property, so that it can be taken out. */
  readonly as = (token: string | null): Client => new Client(this.app, token);

  /** A provider of the application, for what no route shows. */
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get(type as Type<T>, { strict: false });
  }

  async close(): Promise<void> {
    await this.app.close();
    if (!this.keepsFiles) rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Boots the application as a door does. Close it when the test is over, or use {@link useApp}. */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const database = options.database ?? (await workerDatabase());
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'manydesk-test-'));
  const before = { ...process.env };
  Object.assign(process.env, settingsOf(database, dataDir), options.settings);
  try {
    const product = AppModule.with({ worker: options.worker ?? false });
    const { controllers = [] } = options;
    const { app, document } = await createApp(
      controllers.length > 0 ? { module: WithMore, imports: [product], controllers } : product,
    );
    if (options.listen) await app.listen(0, '127.0.0.1');
    else {
      await app.init();
      await app.getHttpAdapter().getInstance().ready();
    }
    return new RunningApp(
      app,
      document,
      database,
      options.listen ? await app.getUrl() : '',
      dataDir,
      options.dataDir !== undefined,
    );
  } finally {
    // Read once, at boot: what one application was told must not reach the next.
    process.env = before;
  }
}

/** The application of a spec file: call it at the top level; it is closed when the file is done. */
export async function useApp(options: AppOptions = {}): Promise<RunningApp> {
  const running = await startApp(options);
  afterAll(() => running.close());
  return running;
}

/** What the environment of an application under test says. */
export function settingsOf(database: TestDatabase, dataDir: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    MANYDESK_DATA_DIR: dataDir,
    MANYDESK_SECRET: process.env.MANYDESK_TEST_SECRET!,
    PUBLIC_URL: 'http://desk.example',
    // Tests ask as fast as they can. Those of the limits say their own.
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_PER_KEY_PER_MINUTE: '0',
    CONCURRENT_REQUESTS: '0',
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    DATABASE_ADMIN_URL: database.adminUrl,
  };
}
