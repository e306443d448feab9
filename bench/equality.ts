import { isDeepStrictEqual } from 'node:util';
import { withClient } from './data/fill.js';
import type { App } from './processes.js';
import type { Ask, Scenario } from './scenarios.js';

/** Requests of each scenario that are compared. */
const COMPARED = 60;
const RUN = Date.now();

/**
 * Rows whose number says what a write has done. Ours also notes, a second later, that a key came from a new address:
 * that is no part of what was asked.
 */
const ROWS = {
  requesters: 'true',
  requester_addresses: 'true',
  tickets: 'true',
  ticket_tags: 'true',
  messages: 'true',
  ledger_events: "type not like 'api\\_key.%'",
  outbox: "type not like 'api\\_key.%'",
  outbound_mails: 'true',
};
const TABLES = Object.keys(ROWS);

/**
 * Throws unless all of `apps` give the same answers to the same requests, and leave the same rows behind. What is new
 * in an answer to a write (ids, times, numbers) is compared by its form.
 */
export async function assertEqual(
  apps: App[],
  scenarios: Scenario[],
  databaseUrl: string,
): Promise<void> {
  for (const scenario of scenarios) {
    const asks = scenario.asks.filter(
      (_, index) => index % Math.floor((2 * scenario.asks.length) / COMPARED) < 2,
    );
    const effects = [];
    for (const app of apps) effects.push(await effectOf(app, asks, scenario.writes, databaseUrl));
    const [first, ...others] = effects;
    others.forEach((other, index) => {
      other.answers.forEach((answer, place) => {
        const difference = differenceOf(answer, first!.answers[place], '');
        if (difference === null) return;
        const { method, path } = asks[place]!;
        throw new Error(
          `${apps[index + 1]!.name} answers ${method} ${path} otherwise than ${apps[0]!.name}: ${difference}`,
        );
      });
      if (!isDeepStrictEqual(other.rows, first!.rows)) {
        throw new Error(
          `${scenario.name}: ${apps[index + 1]!.name} left ${JSON.stringify(other.rows)}, ${apps[0]!.name} ${JSON.stringify(first!.rows)}`,
        );
      }
    });
  }
}

async function effectOf(app: App, asks: Ask[], writes: boolean, databaseUrl: string) {
  const before = writes ? await countRows(databaseUrl) : null;
  const answers: unknown[] = [];
  for (const ask of asks) {
    const { status, body } = await send(app, ask);
    if (status >= 300)
      throw new Error(
        `${app.name} answers ${ask.method} ${ask.path} with ${status}: ${JSON.stringify(body)}`,
      );
    answers.push({ status, body: writes ? formOf(body) : body });
  }
  const after = writes ? await countRows(databaseUrl) : null;
  const rows =
    before && after
      ? TABLES.map((table, index) => `${table} +${after[index]! - before[index]!}`)
      : [];
  return { answers, rows };
}

async function send(
  app: App,
  { method, path, apiKey, body }: Ask,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`http://127.0.0.1:${app.port}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    // Each application meets the new requesters as new ones, in this run and in the next.
    ...(body ? { body: JSON.stringify(body).replace('00000000', `${app.name}-${RUN}`) } : {}),
  });
  return { status: response.status, body: await response.json() };
}

async function countRows(databaseUrl: string): Promise<number[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(
      `select ${Object.entries(ROWS)
        .map(([table, rule]) => `(select count(*)::int from ${table} where ${rule}) as ${table}`)
        .join(', ')}`,
    );
    return TABLES.map((table) => rows[0][table]);
  });
}

/** Where the two differ first, and how; null when they are the same. The order of keys says nothing in JSON. */
function differenceOf(one: unknown, other: unknown, path: string): string | null {
  if (!isObject(one) || !isObject(other)) {
    return Object.is(one, other) ? null : `${path} is ${text(one)}, not ${text(other)}`;
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = differenceOf(one[key], other[key], path ? `${path}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 200);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A value with what differs between two runs replaced by what it is. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(formOf);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        key === 'email' ? 'email' : formOf(member),
      ]),
    );
  }
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string' && UUID.test(value)) return 'id';
  if (typeof value === 'string' && INSTANT.test(value)) return 'instant';
  return value;
}
