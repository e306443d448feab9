import pg from 'pg';
import { apiKeyOf } from './data/api-keys.js';
import type { Organization } from './data/fill.js';
import type { WireRequest } from './load.js';

export type ScenarioName = 'list' | 'get' | 'create' | 'reply' | 'events';

/** What one request asks, before it is put on the wire. */
export interface Ask {
  method: 'GET' | 'POST';
  path: string;
  apiKey: string;
  body?: object;
}

export interface Scenario {
  name: ScenarioName;
  /** What a person reads beside its row. */
  title: string;
  /** Whether it leaves rows behind. */
  writes: boolean;
  asks: Ask[];
}

/** Different requests of each scenario, sent round and round. */
const ASKS = 4000;
/** Rows of a full page of the list. */
const PAGE = 25;
/** Eight digits that the load client replaces by others in each request. */
export const UNIQUE = '00000000';

/**
 * The scenarios over the data of one database: each request is of an organization drawn by its share, so that big and
 * small ones mix as they would.
 */
export async function scenariosOf(
  databaseUrl: string,
  organizations: Organization[],
): Promise<Scenario[]> {
  const random = randomFrom(20_260_101);
  const draw = drawing(organizations, random);
  const tickets = await drawTickets(databaseUrl, draw, random);
  const times = <T>(make: (index: number) => T): T[] =>
    Array.from({ length: ASKS }, (_, index) => make(index));
  return [
    {
      name: 'list',
      title: 'list 25 open tickets',
      writes: false,
      asks: times(() => listOf(draw())),
    },
    {
      name: 'get',
      title: 'get a ticket, get its messages',
      writes: false,
      asks: tickets.flatMap(({ rank, id }) => [
        { method: 'GET', path: `/api/v1/tickets/${id}`, apiKey: apiKeyOf(rank) },
        { method: 'GET', path: `/api/v1/tickets/${id}/messages`, apiKey: apiKeyOf(rank) },
      ]),
    },
    {
      name: 'create',
      title: 'create a ticket',
      writes: true,
      asks: times((index) => createIn(draw(), index, random)),
    },
    {
      name: 'reply',
      title: 'reply to a ticket',
      writes: true,
      asks: tickets.map(({ rank, id }) => ({
        method: 'POST',
        path: `/api/v1/tickets/${id}/messages`,
        apiKey: apiKeyOf(rank),
        body: {
          kind: 'reply',
          body: 'Thank you for telling us. It works again; please try once more and let us know.',
        },
      })),
    },
    {
      name: 'events',
      title: 'read 50 events',
      writes: false,
      asks: times(() => {
        const organization = draw();
        const after = Math.floor(random() * Math.max(1, Math.min(organization.tickets, 100) - 50));
        return {
          method: 'GET',
          path: `/api/v1/events?after=${after}&limit=50`,
          apiKey: apiKeyOf(organization.rank),
        };
      }),
    },
  ];
}

/** Lists of organizations that fill a page, so that sizes are compared by the same number of rows out. */
export function fullPagesOf(organizations: Organization[]): Ask[] {
  const draw = drawing(
    organizations.filter(({ open }) => open > PAGE),
    randomFrom(7),
  );
  return Array.from({ length: ASKS }, () => listOf(draw()));
}

/** The bytes of a request. */
export function toWire({ method, path, apiKey, body }: Ask): WireRequest {
  const content = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${apiKey}`,
    ...(content
      ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`]
      : []),
  ].join('\r\n');
  const text = `${head}\r\n\r\n${content}`;
  return { text, unique: content ? text.indexOf(UNIQUE) : -1 };
}

/** A page of the open tickets of `organization`. */
export function listOf(organization: Organization): Ask {
  return {
    method: 'GET',
    path: `/api/v1/tickets?status=open&limit=${PAGE}`,
    apiKey: apiKeyOf(organization.rank),
  };
}

/** Three of four come from somebody who has written before. */
function createIn(organization: Organization, index: number, random: () => number): Ask {
  const known = 1 + Math.floor(random() * organization.requesters);
  const requester =
    index % 4 === 0
      ? { email: `new-${UNIQUE}@customers.example`, name: 'New Requester' }
      : {
          email: `requester${known}@customers-${organization.rank}.example`,
          name: `Requester ${known}`,
        };
  return {
    method: 'POST',
    path: '/api/v1/tickets',
    apiKey: apiKeyOf(organization.rank),
    body: {
      subject: 'The export has stopped',
      body: 'Since this morning the nightly export does not arrive any more. Nothing was changed on our side.',
      priority: index % 8 === 0 ? 'high' : 'normal',
      tags: index % 5 === 0 ? ['tag-1'] : [],
      requester,
    },
  };
}

async function drawTickets(databaseUrl: string, draw: () => Organization, random: () => number) {
  const wanted = Array.from({ length: ASKS }, () => {
    const { rank, id, tickets } = draw();
    return { rank, organizationId: id, number: 1 + Math.floor(random() * tickets) };
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ rank: number; id: string }>(
    `select w.rank, t.id from unnest($1::int[], $2::uuid[], $3::int[]) with ordinality as w(rank, organization_id, number, place)
     join tickets t on t.organization_id = w.organization_id and t.number = w.number order by w.place`,
    [
      wanted.map(({ rank }) => rank),
      wanted.map(({ organizationId }) => organizationId),
      wanted.map(({ number }) => number),
    ],
  );
  await client.end();
  return rows;
}

/** Draws organizations by their shares. */
export function drawing(organizations: Organization[], random: () => number): () => Organization {
  const total = organizations.reduce((sum, { share }) => sum + share, 0);
  let sum = 0;
  const upTo = organizations.map(({ share }) => (sum += share / total));
  return () => {
    const point = random();
    const index = upTo.findIndex((limit) => point < limit);
    return organizations[index < 0 ? organizations.length - 1 : index]!;
  };
}

/** Numbers from 0 to 1, the same on every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
