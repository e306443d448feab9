import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { useApp } from '../../support/app.js';

const { given, clock } = await useApp();
const acme = await given.organization();
clock.set('2026-02-01T10:00:00.000Z');
const PRIORITIES = ['low', 'urgent', 'normal', 'high'];
for (let n = 0; n < 14; n += 1) {
  // Two of each minute, so that ids break ties too.
  if (n % 2 === 0) clock.advance(60_000);
  await acme.ticket({ subject: `T${n}`, priority: PRIORITIES[n % 4] });
}
clock.reset();
const rank = ({ priority }: TicketDto): number =>
  ['low', 'normal', 'high', 'urgent'].indexOf(priority);

async function walk(sort: string, limit: number): Promise<TicketDto[]> {
  const seen: TicketDto[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const answer = await acme.owner.get(`/tickets?sort=${sort}&limit=${limit}${more}`);
    if (answer.status !== 200) throw new Error(answer.text);
    seen.push(...answer.body.data);
    cursor = answer.body.nextCursor;
  }
  return seen;
}

describe('the orders of the list', () => {
  it.each(['-priority', 'priority', '-number', 'number', '-lastMessageAt', 'lastMessageAt'])(
    'walk by %s through every ticket once, as in one page',
    async (sort) => {
      const whole = await walk(sort, 100);
      for (const limit of [1, 3, 5])
        expect((await walk(sort, limit)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      expect(new Set(whole.map(({ id }) => id)).size).toBe(14);
    },
  );

  it('put the urgent first, and the last changed first among equals', async () => {
    const byUrgency = await walk('-priority', 100);

    expect(byUrgency.map(rank)).toEqual(byUrgency.map(rank).toSorted((a, b) => b - a));
    const urgent = byUrgency.filter(({ priority }) => priority === 'urgent');
    const times = urgent.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await walk('priority', 100)).map(rank)).toEqual(byUrgency.map(rank).toReversed());
  });

  it('refuse a cursor of another order', async () => {
    const { body } = await acme.owner.get('/tickets?sort=-priority&limit=1');
    const answer = await acme.owner.get(`/tickets?sort=number&cursor=${body.nextCursor}`);

    expect([answer.status, answer.body.error.details[0].field]).toEqual([400, 'cursor']);
  });
});
