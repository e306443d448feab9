import type { Row } from './samples.js';

/** A delegate of a Prisma client. */
export type Delegate = Record<string, (args?: unknown) => PromiseLike<unknown>>;
/** A Prisma client, a transaction of one, or the tenant handle. */
export type AnyClient = Record<string, Delegate> & {
  $queryRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<unknown>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<unknown>;
  $queryRaw(strings: TemplateStringsArray, ...values: unknown[]): PromiseLike<unknown>;
  $executeRaw(strings: TemplateStringsArray, ...values: unknown[]): PromiseLike<unknown>;
};

/** The rows of one organization, by model: the one that is attacked, or one that does not exist. */
export type Target = (model: string) => Row;

/**
 * What the attacker must get:
 * - `refusal`: an error, and nothing else will do;
 * - `nothing`: an error, or an answer without a row in it;
 * - `own`: whatever it is, nothing of the other organization;
 * - `success`: a control, which shows that the attack beside it failed for the right reason.
 */
export type Expectation = 'refusal' | 'nothing' | 'own' | 'success';

/** One way to reach for another organization's rows. */
export interface Attack {
  /** `ticket.findUnique: by its key`. */
  name: string;
  model: string;
  operation: string;
  expects: Expectation;
  /** Whether rows may be written: the checksum is taken anew afterwards. */
  writes: boolean;
  /** Run in a transaction that is rolled back, because it may rightly succeed. */
  rolledBack?: boolean;
  /** Whether an id that nobody has must give the very same answer. */
  oracle: boolean;
  args(target: Target): unknown;
  run(client: AnyClient, args: unknown): PromiseLike<unknown>;
}

/** Thrown to roll a transaction back, with what it found out. */
export class RolledBack extends Error {
  constructor(readonly value: unknown) {
    super('rolled back on purpose');
  }
}
