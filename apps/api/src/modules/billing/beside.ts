import type { SystemTransaction } from '#core/database/prisma-client.js';

/** What whoever asks for a change writes in its transaction: both are there, or neither. Not called without a change. */
export type Beside = (tx: SystemTransaction) => Promise<void>;
