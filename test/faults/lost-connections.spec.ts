import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newTicket } from '../support/given.js';
import { Door } from '../support/door.js';
import { eventually } from '../support/jobs.js';
import { StreamReader } from '../support/stream-reader.js';
import { Scene } from './scene.js';

/**
 * The database ends every connection of the product, as it does on a failover. The product runs in a process of its
 * own, so that an error that nobody hears would really end it.
 */
describe('a database that ends all connections', () => {
  let scene: Scene;
  let door: Door;

  beforeAll(async () => {
    scene = await Scene.open('Postgres', 'lost_connections');
    door = await Door.api(scene.database, { SMTP_URL: scene.server.url });
  });

  afterAll(async () => {
    await door?.close();
    await scene?.close();
  });

  /** Everything of the product but what looks on here. Gives how many there were. */
  async function endAll(): Promise<number> {
    const { rowCount } = await scene.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'manydesk%'`,
    );
    return rowCount!;
  }

  async function post(path: string, body: unknown): Promise<Response> {
    const { token } = scene.acme.owner;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `${door.url}/api/v1${path}`;
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Makes a ticket however often the answer is that the service cannot answer now. */
  async function ticket(subject: string): Promise<string> {
    return eventually(`a ticket ${subject}`, async () => {
      const answer = await post('/tickets', newTicket({ subject }));
      const { data } = (await answer.json()) as { data?: { id: string } };
      if (answer.status < 500) expect(answer.status).toBe(201);
      return data?.id;
    });
  }

  it('goes on with its work at once, mails what was said in between, and streams every event once', async () => {
    const stream = new StreamReader(door.url, scene.acme.owner.token!);
    try {
      for (let round = 1; round <= 5; round += 1) {
        const id = await ticket(`Round ${round}`);
        expect(await endAll()).toBeGreaterThan(0);
        const reply = { kind: 'reply', body: `Answer ${round}` };
        await eventually('the reply is taken', async () => {
          const { status } = await post(`/tickets/${id}/messages`, reply);
          return status === 201;
        });
        await eventually('the reply is mailed', () =>
          scene.server.mails.some(({ body }) => body === `Answer ${round}`),
        );
      }
      // The last mail is noted after it was taken, so the log may still grow while this looks.
      await eventually('the stream has all of the log', async () => {
        const { rows } = await scene.owner.query<{ seq: string }>(
          'select seq from ledger_heads where organization_id = $1',
          [scene.acme.id],
        );
        return (stream.events.at(-1)?.seq ?? 0) >= Number(rows[0]!.seq);
      });
      expect(stream.events.map(({ seq }) => seq)).toEqual(stream.events.map((_, at) => at + 1));
      expect(stream.events.length).toBeGreaterThanOrEqual(5 * 3);
      expect(door.isRunning).toBe(true);
    } finally {
      await stream.close();
    }
  });

  it('hears notifications again: an event is streamed without the reader asking for it', async () => {
    await endAll();
    await eventually('it listens again', async () => {
      const { rowCount } = await scene.owner.query(
        "select from pg_stat_activity where datname = current_database() and application_name = 'manydesk-listen'",
      );
      return rowCount! > 0;
    });
    const stream = new StreamReader(door.url, scene.acme.owner.token!);
    try {
      const id = await ticket('After the loss');
      await eventually('its event is streamed', () =>
        stream.events.some((event) => JSON.stringify(event).includes(id)),
      );
      expect(stream.connections).toBe(1);
    } finally {
      await stream.close();
    }
  });

  it('in the middle of a relay round and of a job, loses neither', async () => {
    let ended = 0;
    scene.server.judge = async () => {
      scene.server.judge = () => undefined;
      // The mail is being handed over: the connections go now, before it can be noted.
      ended = await endAll();
    };
    const mail = await scene.reply();
    await endAll();
    await eventually('the connections went in the middle of the job', () => ended > 0);
    // The queue may not have heard how the job ended; then it is free when its lock has run out.
    await scene.backend.outliveLocks(scene.database);
    await eventually('the reply is noted as sent', mail.isNoted);
    expect(new Set(mail.taken().map(({ headers }) => headers['message-id'])).size).toBe(1);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
    expect(door.isRunning).toBe(true);
  });
});
