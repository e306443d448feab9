import { runInContext, type WorkContext } from '#core/context/context.js';
import { createPrismaClient, type OmittingPrismaClient } from '#core/database/prisma-client.js';
import { TenantPool } from '#core/database/tenant-pool.js';
import type { AppConfig } from '#core/config/config.module.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { ScratchDatabase } from '../scratch.js';
import type { Side } from '../world/side.js';
import type { AnyClient } from './attack.js';

export type Mode = 'by itself' | 'in a transaction' | 'in a batch';

/** A way into the database that an attack can take. */
export interface Way {
  label: string;
  modes: Mode[];
  /** Runs what `make` begins with a client of this way. */
  run(mode: Mode, make: (client: AnyClient) => PromiseLike<unknown>): Promise<unknown>;
  /** Statements that were sent so far. */
  statements(): number;
  close(): Promise<void>;
}

/** What services hold: the extension over the tenant pool. */
export function productHandle(database: ScratchDatabase, label = 'tenant handle'): Way {
  const db = new TenantDb({ settings: { databaseAppUrl: database.appUrl } } as AppConfig);
  return {
    label,
    modes: ['by itself', 'in a transaction'],
    async run(mode, make) {
      if (mode === 'in a transaction')
        return db.transaction(async (tx) => make(tx as unknown as AnyClient));
      return make(db.client as unknown as AnyClient);
    },
    statements: () => db.pool.statements,
    close: () => db.onApplicationShutdown(),
  };
}

/** Prisma as it comes, over the tenant pool: without lock 2. */
export function bareClient(
  database: ScratchDatabase,
  label = 'bare Prisma on the tenant pool',
): Way & { prisma: OmittingPrismaClient } {
  const pool = new TenantPool({ connectionString: database.appUrl, max: 4 });
  const prisma = createPrismaClient(pool, { named: true });
  return {
    label,
    prisma,
    modes: ['by itself', 'in a transaction', 'in a batch'],
    async run(mode, make) {
      const client = prisma as unknown as AnyClient;
      if (mode === 'in a transaction')
        return prisma.$transaction(async (tx) => make(tx as unknown as AnyClient));
      if (mode === 'in a batch') return (await prisma.$transaction([make(client) as never]))[0];
      return make(client);
    },
    statements: () => pool.statements,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Runs `work` as the organization of `side`. */
export function as<T>(side: Side, work: () => T): T {
  const context: WorkContext = {
    requestId: 'isolation-proof',
    organizationId: side.organizationId,
    actor: { type: 'user', id: side.ids.user, name: 'The Proof' },
  };
  return runInContext(context, work);
}
