import pg from 'pg';
import { workerDatabase } from '../support/database.js';

// What `core/database/tenant-query.ts` leans on and no document of node-postgres promises. When one of these turns
// red after an update of `pg`, read that file before anything else.

interface Wire {
  parse: (message: { text: string; name: string }) => void;
  bind: (message: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }) => void;
  describe: (message: object) => void;
  execute: (message: object) => void;
  sync: () => void;
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
}

const { Query } = pg as unknown as {
  Query: { prototype: Record<string, unknown>; new (...args: unknown[]): any };
};
const database = await workerDatabase();

/** A connection that writes down what it is told. */
function recorder(parsed: Record<string, string> = {}): { sent: string[]; wire: Wire } {
  const sent: string[] = [];
  const note = (name: string) => (message?: object) =>
    void sent.push(
      message && 'name' in message ? `${name} ${(message as { name: string }).name}` : name,
    );
  return {
    sent,
    wire: {
      parse: note('parse'),
      bind: note('bind'),
      describe: note('describe'),
      execute: note('execute'),
      sync: note('sync'),
      parsedStatements: parsed,
      submittedNamedStatements: {},
    },
  };
}

describe('node-postgres', () => {
  it('is of the version that this was written for', () => {
    expect(Object.getOwnPropertyNames(Query.prototype)).toEqual(
      expect.arrayContaining([
        'requiresPreparation',
        'prepare',
        'handleRowDescription',
        'handleDataRow',
        'handleCommandComplete',
        'handleError',
        'handleReadyForQuery',
        'submit',
      ]),
    );
  });

  it('sends a query as parse, bind, describe, execute and one sync', () => {
    const { sent, wire } = recorder();
    new Query({ text: 'select $1', values: [1] }, undefined, () => undefined).prepare(wire);
    expect(sent.map((line) => line.trim().split(' ')[0])).toEqual([
      'parse',
      'bind',
      'describe',
      'execute',
      'sync',
    ]);
  });

  it('does not parse a named statement again', () => {
    const { sent, wire } = recorder({ seen: 'select $1' });
    new Query({ name: 'seen', text: 'select $1', values: [1] }, undefined, () => undefined).prepare(
      wire,
    );
    expect(sent.map((line) => line.split(' ')[0])).toEqual(['bind', 'describe', 'execute', 'sync']);
  });

  it('calls a submitted query by these names, in this order', async () => {
    const heard: string[] = [];
    class Listening extends Query {
      handleRowDescription(message: unknown) {
        heard.push('rows');
        (Query.prototype.handleRowDescription as (message: unknown) => void).call(this, message);
      }
      handleDataRow(message: unknown) {
        heard.push('row');
        (Query.prototype.handleDataRow as (message: unknown) => void).call(this, message);
      }
      handleCommandComplete(message: unknown, connection: unknown) {
        heard.push('complete');
        (
          Query.prototype.handleCommandComplete as (message: unknown, connection: unknown) => void
        ).call(this, message, connection);
      }
      handleReadyForQuery(connection: unknown) {
        heard.push('ready');
        (Query.prototype.handleReadyForQuery as (connection: unknown) => void).call(
          this,
          connection,
        );
      }
    }
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await new Promise<void>((resolve, reject) => {
      const query = new Listening(
        { text: 'select $1::int as n', values: [1] },
        undefined,
        (error: Error | null) => (error ? reject(error) : resolve()),
      );
      client.query(query as unknown as pg.Submittable);
    });
    await client.end();
    expect(heard).toEqual(['rows', 'row', 'complete', 'ready']);
  });

  it('keeps how rows are read in these fields of a result, and reads the next rows by them', () => {
    const types = { getTypeParser: () => (text: string) => `read ${text}` };
    const config = { name: 'seen', text: 'select 1 as n', values: [], types };
    const described = new Query(config, undefined, () => undefined);
    described.handleRowDescription({ fields: [{ name: 'n', dataTypeID: 23, format: 'text' }] });
    const { fields, _parsers, _prebuiltEmptyResultObject } = described._result;

    const spared = new Query(config, undefined, () => undefined);
    Object.assign(spared._result, { fields, _parsers, _prebuiltEmptyResultObject });
    spared._accumulateRows = true;
    spared.handleDataRow({ fields: ['1'] });

    expect(spared._result.rows).toEqual([{ n: 'read 1' }]);
  });

  it('has the pool await onConnect before it hands a connection out', async () => {
    const order: string[] = [];
    const pool = new pg.Pool({
      connectionString: database.appUrl,
      max: 1,
      onConnect: async (client: pg.ClientBase) => {
        await client.query('select 1');
        order.push('prepared');
      },
    } as pg.PoolConfig);
    const client = await pool.connect();
    order.push('handed out');
    client.release();
    await pool.end();
    expect(order).toEqual(['prepared', 'handed out']);
  });

  it('takes `queryMode: extended`, under which two statements in one text are refused', async () => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await expect(
      client.query({ text: 'select 1; select 2', queryMode: 'extended' } as pg.QueryConfig),
    ).rejects.toThrow('multiple commands');
    await client.end();
  });
});
