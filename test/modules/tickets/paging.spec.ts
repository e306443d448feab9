import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { useApp } from '../../support/app.js';
import type { Client } from '../../support/as.js';

const { given, clock } = await useApp();
const SORTS = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt'];

const acme = await given.organization();
// All in one millisecond: nothing but the id tells them apart.
clock.set('2026-02-01T10:00:00.000Z');
const tied = await Promise.all(
  Array.from({ length: 12 }, (_, n) => acme.ticket({ subject: `T${n}` })),
);
clock.advance(1);
const later = await Promise.all(
  Array.from({ length: 11 }, (_, n) => acme.ticket({ subject: `L${n}` })),
);
clock.reset();
const everything = [...tied, ...later].map(({ id }) => id).sort();

async function walk(
  client: Client,
  query: string,
  between: (page: number) => Promise<unknown> = async () => undefined,
): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const suffix: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body }: { body: { data: TicketDto[]; nextCursor: string | null } } = await client.get(
      `/tickets?${query}${suffix}`,
    );
    seen.push(...body.data.map(({ id }) => id));
    cursor = body.nextCursor;
    await between(page);
  }
  return seen;
}

describe('walking the list by cursor', () => {
  it.each(SORTS)('shows every ticket once, sorted by %s', async (sort) => {
    for (const limit of [1, 5, 23, 24]) {
      const seen = await walk(acme.owner, `sort=${sort}&limit=${limit}`);
      expect(seen).toHaveLength(everything.length);
      expect([...seen].sort()).toEqual(everything);
    }
  });

  it.each(SORTS)('gives the same order as by skip, sorted by %s', async (sort) => {
    const byCursor = await walk(acme.owner, `sort=${sort}&limit=7`);

    const bySkip: string[] = [];
    for (const skip of [0, 7, 14, 21]) {
      const { body } = await acme.owner.get(`/tickets?sort=${sort}&limit=7&skip=${skip}`);
      bySkip.push(...body.data.map(({ id }: TicketDto) => id));
    }

    expect(byCursor).toEqual(bySkip);
  });

  it.each(['-createdAt', 'createdAt'])(
    'neither repeats nor loses one while others are made, sorted by %s',
    async (sort) => {
      const desk = await given.organization();
      const before = await Promise.all(Array.from({ length: 10 }, () => desk.ticket()));

      const seen = await walk(desk.owner, `sort=${sort}&limit=3`, (page) =>
        page < 4 ? desk.ticket() : Promise.resolve(),
      );

      expect(new Set(seen).size).toBe(seen.length);
      for (const { id } of before) expect(seen).toContain(id);
    },
  );

  it('keeps to its filter', async () => {
    const desk = await given.organization();
    await Promise.all(
      Array.from({ length: 9 }, (_, n) => desk.ticket({ tags: n % 2 ? ['odd'] : ['even'] })),
    );

    expect(await walk(desk.owner, 'tag=odd&limit=2')).toHaveLength(4);
    expect(await walk(desk.owner, 'tag=even&limit=2')).toHaveLength(5);
  });

  it('refuses a cursor together with skip', async () => {
    const { body } = await acme.owner.get('/tickets?limit=1');

    const answer = await acme.owner.get(`/tickets?cursor=${body.nextCursor}&skip=1`);

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('cursor');
  });

  it("shows nothing of another organization, whoever's cursor it is", async () => {
    const other = await given.organization();
    await other.ticket();
    const { body } = await acme.owner.get('/tickets?limit=1');

    const answer = await other.owner.get(`/tickets?cursor=${body.nextCursor}`);

    expect(answer.status).toBe(200);
    for (const { id } of answer.body.data) expect(everything).not.toContain(id);
  });

  it.each([
    ['not base64url', '%F0%9F%92%A9'],
    ['nothing in it', 'fA'],
    ['no instant', encoded('yesterday|01900000-0000-7000-8000-000000000000')],
    [
      'an instant that is none',
      encoded('2026-99-99T99:99:99.999Z|01900000-0000-7000-8000-000000000000'),
    ],
    ['no id', encoded('2026-01-01T00:00:00.000Z|7')],
    [
      'one part too many',
      encoded('2026-01-01T00:00:00.000Z|01900000-0000-7000-8000-000000000000|x'),
    ],
    ['SQL', encoded("2026-01-01T00:00:00.000Z'|01900000-0000-7000-8000-000000000000")],
    [
      'a year beyond all years',
      encoded('9999-12-31T23:59:59.999Z|ffffffff-ffff-ffff-ffff-ffffffffffff'),
    ],
    ['too much', 'A'.repeat(201)],
  ])('answers a cursor with %s without harm', async (what, cursor) => {
    const answer = await acme.owner.get(`/tickets?cursor=${cursor}`);

    if (what === 'a year beyond all years') return expect(answer.status).toBe(200);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('cursor');
  });
});

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
