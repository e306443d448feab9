import { apiKeyOf } from './data/api-keys.js';
import { withClient, type Organization } from './data/fill.js';
import { paced, type Doing, type Paced } from './paced.js';
import { drawing, listOf, randomFrom } from './scenarios.js';

/** What agents do all day, and how long it may take: the 95th of a hundred, in milliseconds. */
export interface DeskScenario {
  name: string;
  title: string;
  limit: number;
  doings: Doing[];
  /** As many others, of the same kind and drawn in the same way. */
  before: Doing[];
}

export interface DeskResult {
  title: string;
  limit: number;
  large: Paced;
  small: Paced;
}

const DOINGS = 1000;
const PER_SECOND = 20;
/** What comes before comes faster: a day of it in some seconds. */
const BEFORE_PER_SECOND = 60;
/** How much more it may take with a hundred times the tickets. */
export const GROWTH_LIMIT = 1.5;

/** The doings over the data of one database, of organizations drawn by their shares. */
export async function deskScenariosOf(
  databaseUrl: string,
  organizations: Organization[],
): Promise<DeskScenario[]> {
  const random = randomFrom(20_260_202);
  const draw = drawing(organizations, random);
  const times = (make: () => Doing): Pick<DeskScenario, 'doings' | 'before'> => ({
    doings: Array.from({ length: DOINGS }, make),
    before: Array.from({ length: DOINGS }, make),
  });
  const facts = await factsOf(databaseUrl);
  const key = (organization: Organization): string => apiKeyOf(organization.rank);
  const get = (organization: Organization, path: string): Doing => [
    { method: 'GET', path, apiKey: key(organization) },
  ];
  const one = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  return [
    {
      name: 'list',
      title: 'list 25 open tickets',
      limit: 50,
      ...times(() => [listOf(draw())]),
    },
    {
      name: 'view',
      title: 'a view: waiting, urgent or high, one page',
      limit: 60,
      ...times(() => {
        const organization = draw();
        return get(organization, `/api/v1/tickets?viewId=${facts.viewOf(organization.rank)}`);
      }),
    },
    {
      name: 'open',
      title: 'open a ticket with 50 messages',
      limit: 40,
      ...times(() => {
        const { rank, id } = one(facts.longTickets);
        const apiKey = apiKeyOf(rank);
        return [
          { method: 'GET', path: `/api/v1/tickets/${id}`, apiKey },
          { method: 'GET', path: `/api/v1/tickets/${id}/messages?limit=50`, apiKey },
        ];
      }),
    },
    {
      name: 'search',
      title: 'search for two words',
      limit: 150,
      ...times(() => {
        const words = `${one(facts.words)} ${one(facts.words)}`;
        return get(draw(), `/api/v1/search?q=${encodeURIComponent(words)}`);
      }),
    },
    {
      name: 'count',
      title: 'count a view',
      limit: 20,
      ...times(() => {
        const organization = draw();
        return get(organization, `/api/v1/views/counts?ids=${facts.viewOf(organization.rank)}`);
      }),
    },
    {
      name: 'reply',
      title: 'reply',
      limit: 60,
      ...times(() => {
        const { rank, id } = one(facts.longTickets);
        const body = { kind: 'reply', body: 'Thank you for telling us. Please try once more.' };
        const path = `/api/v1/tickets/${id}/messages`;
        return [{ method: 'POST', path, apiKey: apiKeyOf(rank), body }];
      }),
    },
  ];
}

/** Measures each doing on both sizes, `milliseconds` each, one after the other. */
export async function measureDesk(
  ports: { small: number; large: number },
  scenarios: { small: DeskScenario[]; large: DeskScenario[] },
  milliseconds: number,
  say: (text: string) => void,
): Promise<Record<string, DeskResult>> {
  const results: Record<string, DeskResult> = {};
  for (const [place, { name, title, limit, doings, before }] of scenarios.large.entries()) {
    say(`measuring at ${PER_SECOND} a second: ${title}`);
    const ofSmall = scenarios.small[place]!;
    // Others first: connections, plans and caches are as they are at any other minute of a day.
    await paced(ports.small, ofSmall.before, BEFORE_PER_SECOND, milliseconds / 2);
    await paced(ports.large, before, BEFORE_PER_SECOND, milliseconds / 2);
    const small = await paced(ports.small, ofSmall.doings, PER_SECOND, milliseconds);
    const large = await paced(ports.large, doings, PER_SECOND, milliseconds);
    results[name] = { title, limit, small, large };
  }
  return results;
}

/** What a day of this work goes through again and again. */
const HELD_IN_MEMORY = [
  'tickets',
  'tickets_pkey',
  'search_tickets',
  'search_tickets_pkey',
  'search_tickets_shelf_words_idx',
  'messages_organization_id_ticket_id_created_at_id_idx',
];

/** Reads into the server's memory what it holds there after a day, where it has the extension that can. */
export async function readIntoMemory(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      "select from pg_available_extensions where name = 'pg_prewarm'",
    );
    if (rowCount === 0) return;
    await client.query('create extension if not exists pg_prewarm');
    for (const name of HELD_IN_MEMORY) await client.query('select pg_prewarm($1)', [name]);
  });
}

interface Facts {
  longTickets: { rank: number; id: string }[];
  words: string[];
  viewOf(rank: number): string;
}

async function factsOf(databaseUrl: string): Promise<Facts> {
  return withClient(databaseUrl, async (client) => {
    const { rows: longTickets } = await client.query<{ rank: number; id: string }>(
      `select o.rank, t.id from bench.organizations o join tickets t on t.organization_id = o.id
       where t.message_count >= 48 order by hashtextextended(t.id::text, 7) limit 2000`,
    );
    const { rows: views } = await client.query<{ rank: number; id: string }>(
      'select o.rank, v.id from bench.organizations o join views v on v.organization_id = o.id',
    );
    const { rows: words } = await client.query<{ word: string }>(
      'select word from bench.vocabulary where i between 5 and 400',
    );
    const ids = new Map(views.map(({ rank, id }) => [rank, id]));
    return {
      longTickets,
      words: words.map(({ word }) => word),
      viewOf: (rank) => ids.get(rank)!,
    };
  });
}
