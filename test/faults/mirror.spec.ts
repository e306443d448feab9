import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compared, differencesOf } from '../../sdk/examples/copy-differences.js';
import { TicketCopy, type Ticket } from '../../sdk/examples/ticket-copy.js';
import { Manydesk } from '../../sdk/src/manydesk.js';
import { Random } from '../day/random.js';
import { ScriptedAgent, type Ask } from '../day/scripted-agent.js';
import { startApp, type RunningApp } from '../support/app.js';
import { asOwner, databaseOfItsOwn } from '../support/database.js';
import { eventually } from '../support/jobs.js';
import { MirrorScene } from './mirror-scene.js';

/** How long. Ten minutes by hand: `MANYDESK_MIRROR_SECONDS=600 npm test -- test/faults/mirror`. */
const SECONDS = Number(process.env.MANYDESK_MIRROR_SECONDS ?? 15);
const AGENTS = 3;
const CUSTOMERS = 4;

/** The tickets of an organization as its table has them, in the form of the API. */
const ROWS = `select id, number, subject, status, priority, channel, tags, cc, type, version, fields,
    json_build_object('id', requester_id, 'email', requester_email, 'name', requester_name) as requester,
    case when assignee_id is not null then json_build_object('id', assignee_id, 'name', assignee_name) end as assignee,
    state_id as "stateId", team_id as "teamId", company_id as "companyId", merged_into_id as "mergedIntoId",
    message_count as "messageCount", created_at as "createdAt", updated_at as "updatedAt",
    last_message_at as "lastMessageAt", closed_at as "closedAt", snoozed_until as "snoozedUntil"
  from tickets where organization_id = $1`;

describe('a consumer that follows the feed', () => {
  let running: RunningApp;
  let scene: MirrorScene;
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-mirror-'));
  const file = join(folder, 'tickets.jsonl');

  beforeAll(async () => {
    running = await startApp({ database: await databaseOfItsOwn('mirror') });
  });
  afterAll(async () => {
    await scene?.close();
    await running?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'holds the tickets of the desk, row by row, after everything was killed again and again',
    async () => {
      const acme = await running.given.organization();
      for (let index = 0; index < 8; index += 1) await acme.ticket({ subject: `Old ${index}` });
      const scopes = ['tickets:read', 'events:read', 'notes:read'] as const;
      const key = (await acme.apiKey([...scopes])).token!;
      scene = await MirrorScene.open(running.database, key, file);
      const people = await Promise.all(
        Array.from({ length: AGENTS }, (_, index) => acme.user('agent', `Agent ${index}`)),
      );
      const agents = people.map(
        ({ token }, index) => new ScriptedAgent(`Agent ${index}`, askAt(scene.url, token!), index),
      );
      const until = Date.now() + SECONDS * 1000;
      let isOver = false;
      const killing = killAtRandom(scene, () => Date.now() > until);
      await Promise.all([
        killing.finally(() => (isOver = true)),
        write(
          new Manydesk({ baseUrl: scene.url, apiKey: acme.owner.token!, retries: Infinity }),
          () => isOver,
        ),
        ...agents.map((agent) => agent.work(() => isOver)),
      ]);

      await settled(acme.id);
      await scene.finish(() => headOf(acme.id), positionIn(file));
      const copy = new TicketCopy(file);
      const rows = await asOwner(running.database, (client) => client.query(ROWS, [acme.id]));
      const tickets = JSON.parse(JSON.stringify(rows.rows)) as Ticket[];
      expect(compared(tickets, copy.tickets)).toEqual([]);
      const desk = new Manydesk({ baseUrl: scene.url, apiKey: key });
      expect(await differencesOf(desk, copy)).toEqual([]);
      copy.close();
      // A time in which nothing happened, or nothing died, would prove nothing.
      expect(tickets.length).toBeGreaterThan(8);
      expect(tickets.some(({ version }) => version > 2)).toBe(true);
      expect(Math.min(...Object.values(scene.deaths))).toBeGreaterThan(0);
    },
    SECONDS * 1000 + 600_000,
  );

  /** What a job still has to do may record events. */
  async function settled(organizationId: string): Promise<void> {
    await eventually(
      'the workers have done what there was to do',
      () =>
        asOwner(running.database, async (client) => {
          const { rows } = await client.query<{ waits: boolean }>(
            `select exists (select from outbox where organization_id = $1)
               or exists (select from bullmq.job where state in ('waiting', 'active', 'delayed')) as waits`,
            [organizationId],
          );
          return !rows[0]!.waits;
        }),
      120_000,
    );
  }

  const headOf = (organizationId: string): Promise<number> =>
    asOwner(running.database, async (client) => {
      const text = 'select seq from ledger_heads where organization_id = $1';
      return Number((await client.query(text, [organizationId])).rows[0].seq);
    });
});

/** Where the mirror is by its file, which only it may write. */
const positionIn = (file: string) => (): number => {
  const last = readFileSync(file, 'utf8').split('\n').at(-2);
  return last ? (JSON.parse(last) as { position: number }).position : -1;
};

/** Each of the three at least once, then whichever. */
async function killAtRandom(scene: MirrorScene, isOver: () => boolean): Promise<void> {
  const random = new Random(11);
  const all = ['mirror', 'api', 'worker'] as const;
  for (let count = 0; count < all.length || !isOver(); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500 + random.below(3_000)));
    await scene.kill(all[count] ?? random.one([...all]));
  }
}

/** Opens tickets and renames those who wrote them, by the client that this is about. */
async function write(desk: Manydesk, isOver: () => boolean): Promise<void> {
  const random = new Random(5);
  for (let count = 0; !isOver(); count += 1) {
    const email = `customer-${random.below(CUSTOMERS)}@customer.example`;
    const made = await desk.tickets.create({
      subject: `New ${count}`,
      body: 'It is broken.',
      requester: { email, name: `Customer ${count}` },
    });
    if (count % 5 === 4)
      await desk.customers.update(made.requester.id, { name: `Renamed ${count}` });
    await new Promise((resolve) => setTimeout(resolve, random.below(300)));
  }
}

/** Asks the API at `url` as an agent would whose line breaks now and then. */
const askAt =
  (url: string, token: string): Ask =>
  async (method, path, body, more = {}) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    };
    const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    try {
      const answer = await fetch(`${url}/api/v1${path}`, sent);
      const etag = answer.headers.get('etag') ?? undefined;
      return { status: answer.status, body: await answer.json(), etag };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { status: 599, body: null, etag: undefined };
    }
  };
