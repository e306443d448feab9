import pg from 'pg';
import { databaseOfItsOwn } from '../support/database.js';
import { startApp, type RunningApp } from '../support/app.js';
import { expectStatus, type Client } from '../support/as.js';
import { settled } from '../support/jobs.js';
import { AS_MAIL, mail } from '../support/mail.js';
import { breachesOf } from './invariants.js';
import { Random } from './random.js';
import { ScriptedAgent, type Ask } from './scripted-agent.js';

/** How long the day is. A minute or more by hand: `MANYDESK_DAY_SECONDS=180 npm test -- test/day`. */
const SECONDS = Number(process.env.MANYDESK_DAY_SECONDS ?? 12);
const AGENTS = 10;

const askAs =
  (client: Client): Ask =>
  async (method, path, body, headers = {}) => {
    const answer = await client.send(method as 'GET', path, body, { headers });
    return { status: answer.status, body: answer.body, etag: answer.headers.etag };
  };

describe('a day at the desk', () => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp({ worker: true, database: await databaseOfItsOwn('day') });
  });
  afterAll(() => running.close());

  it(
    'of ten agents on one queue while mails come in loses, doubles and crosses nothing',
    async () => {
      const acme = await running.given.organization();
      const watching = await running.given.organization('Watching');
      const their = await watching.ticket({ subject: 'Of somebody else' });
      for (let index = 0; index < 12; index += 1)
        await acme.ticket({ subject: `Problem ${index}` });
      const key = await acme.apiKey(['mail:write']);
      const agents = await Promise.all(
        Array.from({ length: AGENTS }, async (_, index) => {
          const person = await acme.user('agent', `Agent ${index + 1}`);
          return new ScriptedAgent(`Agent ${index + 1}`, askAs(person), 1000 + index);
        }),
      );
      const until = Date.now() + SECONDS * 1000;
      const isOver = (): boolean => Date.now() > until;
      const [handedIn] = await Promise.all([
        comeIn(key, isOver),
        ...agents.map((agent) => agent.work(isOver)),
      ]);
      await settled(running);

      expect(agents.flatMap(({ deeds }) => deeds.surprises)).toEqual([]);
      const owner = new pg.Client({ connectionString: running.database.ownerUrl });
      await owner.connect();
      try {
        expect(await breachesOf(owner, acme.id)).toEqual([]);
        expect(await breachesOf(owner, watching.id)).toEqual([]);
        const said = agents.flatMap(({ deeds }) => [...deeds.said.keys()]);
        expect(await timesSaid(owner, acme.id, said)).toEqual([]);
        expect(await timesTaken(owner, acme.id, handedIn)).toEqual([]);
      } finally {
        await owner.end();
      }
      const left = expectStatus(await watching.owner.get('/tickets'), 200).body.data;
      expect(left.map(({ id }: { id: string }) => id)).toEqual([their.id]);
      // A day on which nobody got in anybody's way would prove nothing.
      const deeds = agents.map((agent) => agent.deeds);
      expect(deeds.reduce((sum, { said }) => sum + said.size, 0)).toBeGreaterThan(AGENTS);
      expect(deeds.some(({ refusals }) => refusals.size > 0)).toBe(true);
    },
    SECONDS * 1000 + 240_000,
  );
});

/** Hands in new mails, answers to earlier ones, and now and then one a second time. Gives their Message-IDs. */
async function comeIn(key: Client, isOver: () => boolean): Promise<string[]> {
  const random = new Random(7);
  const ids: string[] = [];
  const mails: string[] = [];
  while (!isOver()) {
    const id = `<${ids.length}.${random.below(1e9)}@customer.example>`;
    const before = ids.length > 0 && random.below(2) === 0 ? random.one(ids) : null;
    const from = `Customer <customer-${before === null ? random.below(5) : ids.indexOf(before) % 5}@customer.example>`;
    const text = mail(
      {
        From: from,
        Subject: `Mail ${ids.length}`,
        'Message-ID': id,
        ...(before === null ? {} : { 'In-Reply-To': before }),
      },
      `The words of ${id}`,
    );
    expectStatus(await key.post('/inbound/mail', text, AS_MAIL), 201);
    ids.push(id);
    mails.push(text);
    if (random.below(10) === 0)
      expectStatus(await key.post('/inbound/mail', random.one(mails), AS_MAIL), 201);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return ids;
}

/** Of `words`, those that stand in the messages of the organization not exactly once. */
async function timesSaid(owner: pg.Client, organizationId: string, words: string[]) {
  const { rows } = await owner.query(
    `select w, (select count(*)::int from messages m where m.organization_id = $1 and m.body = w) as times
     from unnest($2::text[]) w where 1 <> (select count(*) from messages m where m.organization_id = $1 and m.body = w)`,
    [organizationId, words],
  );
  return rows;
}

/** Of the Message-IDs, those that are not exactly one message. */
async function timesTaken(owner: pg.Client, organizationId: string, ids: string[]) {
  const { rows } = await owner.query(
    `select i from unnest($2::text[]) i
     where 1 <> (select count(*) from messages m where m.organization_id = $1 and m.mail_message_id = trim(both '<>' from i))`,
    [organizationId, ids],
  );
  return rows;
}
