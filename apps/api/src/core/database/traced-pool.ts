import pg from 'pg';
import { traceStatement } from '../context/tracing.js';

type Sent = [statement: unknown, ...rest: unknown[]];

/**
 * A pool whose statements are parts of the trace under way, when there is one, and whose connections may die in
 * anybody's hands: the statement that is sent next fails, the process lives.
 */
export class TracedPool extends pg.Pool {
  override query(...sent: Sent): never {
    const send = (): Promise<unknown> => super.query(...(sent as [string])) as Promise<unknown>;
    // The overloads of pg.Pool.query cannot be restated; callers see those of the base class.
    return (hasCallback(sent) ? send() : traced(sent, send)) as never;
  }

  override connect(...callback: unknown[]): never {
    // With a callback it is the pool that asks, on its own behalf: its statement is traced already.
    if (callback.length > 0) return super.connect(...(callback as [never])) as never;
    return super.connect().then(lend) as never;
  }
}

/** `client` with its statements traced and its death heard until it goes back into the pool. */
function lend(client: pg.PoolClient): pg.PoolClient {
  const { query, release } = client as unknown as Record<'query' | 'release', Function>;
  // Between two statements a connection that dies tells only its listeners; unheard, it would end the process.
  const lost = (): void => undefined;
  client.on('error', lost);
  const own = {
    query: (...sent: Sent): unknown => {
      const send = (): Promise<unknown> => query.apply(client, sent) as Promise<unknown>;
      return hasCallback(sent) ? send() : traced(sent, send);
    },
    release: (error?: Error | boolean): void => {
      delete (client as Partial<pg.PoolClient>).query;
      // One that is thrown away may still say what it died of.
      if (!error) client.off('error', lost);
      release.call(client, error);
    },
  };
  return Object.assign(client, own);
}

function traced(sent: Sent, send: () => Promise<unknown>): Promise<unknown> {
  const [statement] = sent;
  const { text = '', name = '' } =
    typeof statement === 'string' ? { text: statement } : (statement as Partial<pg.QueryConfig>);
  return traceStatement(text, name, send);
}

function hasCallback(sent: Sent): boolean {
  return typeof sent.at(-1) === 'function';
}
