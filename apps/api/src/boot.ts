import type { INestApplicationContext } from '@nestjs/common';
import { BadSetting, ownerUrl, type Settings } from '#core/config/settings.js';
import { migrate } from '#core/database/migrate.js';
import { provision } from '#core/database/provision.js';
import { prepareQueue } from '#core/jobs/queue.js';
import { packageRoot } from '#core/config/root.js';

/** Milliseconds that a graceful end may take. */
const PATIENCE = 15_000;

/** Tells the launcher, when there is one, what is going on. */
export function tell(message: object): void {
  process.send?.(message);
}

/** Makes the roles and applies the migrations. Gives the names of those that were applied. */
export async function prepareDatabase(settings: Settings): Promise<string[]> {
  await provision(settings);
  const applied = await migrate(ownerUrl(settings), packageRoot());
  await prepareQueue(settings);
  return applied;
}

/** Ends the process when the application could not start: one sentence for what an operator can mend. */
export function endWithSentence(error: unknown): never {
  process.stderr.write(`manydesk: ${sentenceOf(error)}\n`);
  process.exit(1);
}

/** Ends gracefully on a signal, or when the launcher is gone; a second signal changes nothing. */
export function endGracefully(app: INestApplicationContext, supervised: boolean): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), PATIENCE).unref();
    app.close().then(
      () => process.exit(0),
      (error: Error) => endWithSentence(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (supervised) process.on('disconnect', end);
}

function sentenceOf(error: unknown): string {
  if (error instanceof BadSetting) return error.message;
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} is in use by another program: stop it or set PORT to a free one`;
  if (code === 'EACCES')
    return `port ${port} may not be opened by this user: set PORT to one above 1024`;
  if (code === '28P01')
    return 'the database refuses the roles of the application: run `npm run db:migrate`, which sets them up for this MANYDESK_SECRET';
  // P2021 is Prisma's name for it.
  if (code === '42P01' || code === 'P2021')
    return 'the database is not migrated: run `npm run db:migrate`';
  if (code === 'ECONNREFUSED')
    return `nothing answers at the database's address: start PostgreSQL or correct DATABASE_URL`;
  return `could not start: ${stack ?? message}`;
}
