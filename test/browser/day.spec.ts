import type { Page, Response } from 'playwright-core';
import pg from 'pg';
import { breachesOf } from '../day/invariants.js';
import { Random } from '../day/random.js';
import { ScriptedAgent, type Ask } from '../day/scripted-agent.js';
import { address, closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { editor } from './support/composer.js';
import { eventually } from './support/eventually.js';
import { newColleague, newDesk, newTicket, signIn, type Colleague } from './support/desk.js';

/** How long the day is. Some minutes by hand: `MANYDESK_DAY_SECONDS=180 npm run test:browser -- day`. */
const SECONDS = Number(process.env.MANYDESK_DAY_SECONDS ?? 20);
/** Agents at a dashboard, and agents that are programs. */
const SEEN = 2;
const UNSEEN = 8;

describe('a day at the desk', () => {
  afterEach(closePages);
  afterAll(closeBrowser);

  it(
    'of ten agents, some of them at a dashboard, loses, doubles and crosses nothing',
    async () => {
      const desk = await newDesk();
      const other = await newDesk();
      for (let index = 0; index < 12; index += 1)
        await newTicket(desk, { subject: `Problem ${index}` });
      const people: Colleague[] = [];
      for (let index = 0; index < SEEN + UNSEEN; index += 1)
        people.push(await newColleague(desk, 'agent', `Agent ${index + 1}`));
      const pages: Page[] = [];
      for (const person of people.slice(0, SEEN)) {
        const page = await openPage();
        await signIn(page, person);
        pages.push(page);
      }
      const until = Date.now() + SECONDS * 1000;
      const isOver = (): boolean => Date.now() > until;
      const programs = people
        .slice(SEEN)
        .map(({ name, token }, index) => new ScriptedAgent(name, askAs(token), 2000 + index));
      const [handedIn, ...seen] = await Promise.all([
        comeIn(desk.api, isOver),
        ...pages.map((page, index) => work(page, `Seen ${index + 1}`, isOver)),
        ...programs.map(async (program) => {
          await program.work(isOver);
          return [];
        }),
      ]);
      await picture(pages[0]!, 'day-ended');

      expect(programs.flatMap(({ deeds }) => deeds.surprises)).toEqual([]);
      const owner = new pg.Client({
        connectionString: process.env.MANYDESK_BROWSER_DATABASE_URL,
      });
      await owner.connect();
      try {
        await settled(owner, desk.organizationId);
        expect(await breachesOf(owner, desk.organizationId)).toEqual([]);
        expect(await breachesOf(owner, other.organizationId)).toEqual([]);
        const said = [...programs.flatMap(({ deeds }) => [...deeds.said.keys()]), ...seen.flat()];
        expect(await notOnce(owner, desk.organizationId, 'body', said)).toEqual([]);
        expect(await notOnce(owner, desk.organizationId, 'mail_message_id', handedIn)).toEqual([]);
        expect(seen.flat().length).toBeGreaterThan(0);
      } finally {
        await owner.end();
      }
      const { data } = await other.api<{ data: unknown[] }>('GET', '/tickets');
      expect(data).toEqual([]);
    },
    SECONDS * 1000 + 240_000,
  );
});

const askAs =
  (token: string): Ask =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? null : JSON.parse(text),
      etag: answer.headers.get('etag') ?? undefined,
    };
  };

/** Opens a ticket of the queue, answers it, and opens the next. Gives the words that the conversation showed. */
async function work(page: Page, name: string, isOver: () => boolean): Promise<string[]> {
  const random = new Random(name.length * 77 + name.charCodeAt(name.length - 1));
  const said: string[] = [];
  const patience = { timeout: 4000 };
  while (!isOver()) {
    await page.goto('/tickets?status=open');
    const rows = page.getByRole('list', { name: 'Tickets' }).getByRole('link');
    try {
      await rows.first().waitFor(patience);
      await rows.nth(random.below(Math.min(5, await rows.count()))).click(patience);
      await editor(page).waitFor(patience);
      const words = `${name} wrote ${said.length + 1} of ${random.below(1e9)}`;
      await editor(page).fill(words, patience);
      const first = sent(page);
      await page.keyboard.press('Control+Enter');
      let status = (await first).status();
      const anyway = page.getByRole('dialog').getByRole('button', { name: 'Send anyway' });
      if (status === 409 && (await anyway.isVisible())) {
        const second = sent(page);
        await anyway.click(patience);
        status = (await second).status();
      }
      if (status !== 201) continue;
      await page.getByRole('article').getByText(words).first().waitFor(patience);
      said.push(words);
    } catch (error) {
      // Somebody closed or merged the ticket, or the queue is empty at this moment: on to the next.
      if (!/Timeout|detached|not attached/i.test((error as Error).message)) throw error;
    }
  }
  return said;
}

/** The desk's word on the message that is sent next. */
function sent(page: Page): Promise<Response> {
  return page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' && /\/tickets\/[^/]+\/messages$/.test(response.url()),
    { timeout: 8000 },
  );
}

/** Hands in new mails and answers to earlier ones. Gives their Message-IDs without brackets. */
async function comeIn(
  api: (method: string, route: string, body?: unknown) => Promise<unknown>,
  isOver: () => boolean,
): Promise<string[]> {
  const { data } = (await api('POST', '/api-keys', {
    name: 'Mail',
    scopes: ['mail:write'],
  })) as { data: { secret: string } };
  const random = new Random(11);
  const ids: string[] = [];
  while (!isOver()) {
    const id = `${ids.length}.${random.below(1e9)}@customer.example`;
    const before = ids.length > 0 && random.below(2) === 0 ? random.below(ids.length) : null;
    const from = `customer-${(before ?? ids.length) % 5}@customer.example`;
    const lines = [
      `From: Customer <${from}>`,
      'To: help@desk.example',
      `Subject: Mail ${ids.length}`,
      `Message-ID: <${id}>`,
      ...(before === null ? [] : [`In-Reply-To: <${ids[before]}>`]),
      '',
      `The words of ${id}`,
    ];
    const answer = await fetch(`${address}/api/v1/inbound/mail`, {
      method: 'POST',
      headers: { authorization: `Bearer ${data.secret}`, 'content-type': 'message/rfc822' },
      body: lines.join('\r\n'),
    });
    if (answer.status !== 201) throw new Error(`a mail was answered ${answer.status}`);
    ids.push(id);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return ids;
}

/** Waits until everything that follows from what was done is done. */
async function settled(owner: pg.Client, organizationId: string): Promise<void> {
  await owner.query("select set_config('app.organization_id', $1, false)", [organizationId]);
  const isDone = async (): Promise<boolean> => {
    const { rows } = await owner.query<{ waiting: boolean }>(
      `select exists (select from outbox where organization_id = $1)
         or exists (select from messages where organization_id = $1 and delivery_status = 'queued') as waiting`,
      [organizationId],
    );
    return !rows[0]!.waiting;
  };
  await eventually('everything is done', isDone, undefined, 60_000);
}

/** Of `values`, those that do not stand exactly once in that column of the messages. */
async function notOnce(
  owner: pg.Client,
  organizationId: string,
  column: 'body' | 'mail_message_id',
  values: string[],
): Promise<unknown[]> {
  const { rows } = await owner.query(
    `select v from unnest($2::text[]) v
     where 1 <> (select count(*) from messages m where m.organization_id = $1 and m.${column} = v)`,
    [organizationId, values],
  );
  return rows;
}
