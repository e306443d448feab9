import pg from 'pg';

/** The part of node-postgres' wire connection that is watched. */
interface Wire {
  execute(...rest: unknown[]): void;
  query(...rest: unknown[]): void;
  sync(...rest: unknown[]): void;
}

/** What went to Postgres: statements run, and how often an answer had to be awaited for them. */
export interface Traffic {
  statements: number;
  roundTrips: number;
}

const connection = (pg as unknown as { Connection: { prototype: Wire } }).Connection.prototype;

/**
 * Counts what `work` sends to Postgres over whichever connection, at the wire and not by the product's own account. An
 * answer is awaited once for each Sync and each simple query.
 */
export async function trafficOf(work: () => Promise<unknown>): Promise<Traffic> {
  const traffic = { statements: 0, roundTrips: 0 };
  const { execute, query, sync } = connection;
  connection.execute = function (...rest) {
    traffic.statements += 1;
    execute.apply(this, rest);
  };
  connection.query = function (...rest) {
    traffic.statements += 1;
    traffic.roundTrips += 1;
    query.apply(this, rest);
  };
  connection.sync = function (...rest) {
    traffic.roundTrips += 1;
    sync.apply(this, rest);
  };
  try {
    await work();
  } finally {
    Object.assign(connection, { execute, query, sync });
  }
  return traffic;
}
