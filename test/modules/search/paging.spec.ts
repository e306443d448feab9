import type { FoundTicketDto } from '#modules/search/dto/found-ticket.dto.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { runInContext } from '#core/context/context.js';
import { SearchIndex } from '../../../apps/api/src/modules/search/search-index.service.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const running = await useApp();
const { given, database } = running;
const acme = await given.organization();
const TICKETS = 520;
await acme.ticket({ subject: 'Common word 0' });
await asOwner(database, (client) =>
  client.query(
    `insert into tickets (organization_id, id, number, subject, channel, requester_id, requester_email, requester_name, tags)
     select organization_id, gen_random_uuid(), n * 40 + 1, case when n % 50 = 0 then 'Common word ' else 'Other ' end || n, channel,
       requester_id, requester_email, requester_name, case when n % 2 = 0 then '{even}'::text[] else '{common}' end
     from tickets, generate_series(1, $2::int) n where organization_id = $1`,
    [acme.id, TICKETS - 1],
  ),
);
await asOwner(database, (client) =>
  client.query(
    "update tickets set tags = '{common,even}' where organization_id = $1 and tags = '{even}'",
    [acme.id],
  ),
);
await runInContext({ requestId: 'paging-spec', organizationId: acme.id }, () =>
  running.get(SearchIndex).rebuild(),
);

async function walk(q: string, limit: number): Promise<number[]> {
  const numbers: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const answer = await acme.owner.get(`/search?q=${encodeURIComponent(q)}&limit=${limit}${more}`);
    if (answer.status !== 200) throw new Error(answer.text);
    numbers.push(...answer.body.data.map(({ ticket }: FoundTicketDto) => ticket.number));
    cursor = answer.body.nextCursor;
  }
  return numbers;
}

describe('the pages of a search', () => {
  it.each([
    ['common', 100, TICKETS],
    ['common', 37, TICKETS],
    ['common tag:even', 25, 259],
    ['word', 3, 11],
    ['tag:even', 100, 259],
  ])('of %p by %d show every ticket once', async (q, limit, count) => {
    const numbers = await walk(q, limit);

    expect(numbers).toHaveLength(count);
    expect(new Set(numbers).size).toBe(count);
  });

  it('are the newest first where nothing else tells them apart', async () => {
    const numbers = await walk('word', 5);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  });

  it('hand no list of ids to the database', async () => {
    const { pool } = running.get(TenantDb);
    const watched = pool as unknown as { query: (config: { values?: unknown[] }) => unknown };
    const query = watched.query.bind(pool);
    const lengths: number[] = [0];
    watched.query = (config) => {
      for (const value of config.values ?? []) if (Array.isArray(value)) lengths.push(value.length);
      return query(config);
    };
    await walk('common tag:even', 100);

    expect(Math.max(...lengths)).toBeLessThanOrEqual(200);
  });

  it.each(['AAAA', Buffer.from('e:1:0:0|x').toString('base64url')])(
    'refuse the cursor %s',
    async (cursor) => {
      const { status, body } = await acme.owner.get(`/search?q=common&cursor=${cursor}`);
      expect([status, body.error.details[0].field]).toEqual([400, 'cursor']);
    },
  );
});
