import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.js';

/** Statements that keep a server-side plan: a bounded number, because each costs the server memory per connection. */
const MOST_STATEMENT_NAMES = 500;

/** Columns that no query returns unless it asks for them by name. */
const OMITTED = {
  identity: { passwordHash: true },
  session: { refreshHash: true, previousHash: true },
  apiKeySecret: { secretHash: true },
  organizationLogo: { bytes: true },
  signingKey: { sealed: true },
  staffMember: { passwordHash: true, totpSealed: true },
  staffSession: { tokenHash: true },
  totpFactor: { sealed: true },
  recoveryCode: { codeHash: true },
  rememberedDevice: { tokenHash: true },
  ssoConnection: { clientSecret: true },
  webhookSecret: { sealed: true },
  ssoFlow: { stateHash: true, verifier: true },
  inboundMail: { raw: true },
} as const;

/**
 * A Prisma client over `pool`. Statements are named by their text, so that Postgres parses and plans each once a
 * connection; behind a pooler that does not track names the pool drops them again.
 */
export function createPrismaClient(pool: pg.Pool, options: { named: boolean }) {
  const names = new Map<string, string>();
  const statementNameGenerator = (query: { sql: string }): string => {
    const known = names.get(query.sql);
    // An empty name is the unnamed statement.
    if (known !== undefined || names.size >= MOST_STATEMENT_NAMES) return known ?? '';
    const name = `p${createHash('sha1').update(query.sql).digest('base64url')}`;
    names.set(query.sql, name);
    return name;
  };
  return new PrismaClient({
    adapter: new PrismaPg(pool, options.named ? { statementNameGenerator } : {}),
    omit: OMITTED,
    // Waiting for a connection and running, milliseconds. A transaction that takes longer is a bug to be seen.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
}

/** The client with its secrets omitted. */
export type OmittingPrismaClient = ReturnType<typeof createPrismaClient>;

/** What a transaction of the cross-tenant handle works with. */
export type SystemTransaction = Omit<
  OmittingPrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;
