import { Injectable } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { readSettings } from '#core/config/settings.js';
import { PrismaClient, type Prisma } from '#core/database/generated/client.js';

/** The client, and the recipe for row level security that is commonly given for it. */
@Injectable()
export class PrismaService {
  readonly #settings = readSettings(process.env);
  /** For the key look-up, which comes before there is a tenant. */
  readonly system = new PrismaClient({
    adapter: new PrismaPg({ connectionString: this.#settings.databaseSystemUrl, max: 4 }),
  });
  readonly #client = new PrismaClient({
    adapter: new PrismaPg({ connectionString: this.#settings.databaseAppUrl, max: 16 }),
    transactionOptions: { maxWait: 20_000, timeout: 20_000 },
  });

  /** Runs `work` in a transaction that is of one organization. */
  forTenant<T>(
    organizationId: string,
    work: (tx: Prisma.TransactionClient) => Promise<T>,
  ): Promise<T> {
    return this.#client.$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('app.organization_id', ${organizationId}, true)`;
      return work(tx);
    });
  }
}
