import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadSettings } from '#core/config/config.module.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { requireDatabase } from '#core/database/provision.js';
import { AppModule } from './app.module.js';

/** Runs `work` with the rooms of the application and none of its doors, as the system, and closes it after. */
export async function withApplication<T>(
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  await requireDatabase(loadSettings());
  const app = await NestFactory.createApplicationContext(AppModule.with({ worker: false }), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await runInContext({ requestId: `command-${newId()}` }, () => work(app));
  } finally {
    await app.close();
  }
}
