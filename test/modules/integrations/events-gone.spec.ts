import { useApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';

const running = await useApp({ listen: true, settings: { EVENT_FEED_DAYS: '30' } });
const { given, clock } = running;
const DAY = 24 * 60 * 60 * 1000;

describe('a feed that does not go back for ever', () => {
  it('refuses a place before the oldest event that it hands out, and says which that is', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['events:read', 'tickets:write', 'tickets:read']);
    const read = async (query: string) => key.get(`/events${query}`);
    expect((await read('?after=0')).body.data[0].seq).toBe(1);
    clock.advance(31 * DAY);

    const empty = await read('');
    await acme.ticket({}, key);
    const fromTheStart = await read('');
    const refused = await read('?after=3');
    const allowed = await read('?after=4');
    const stream = await EventStream.open(running, key.token, { query: '?after=0' });
    const resumed = await EventStream.open(running, key.token);
    const [first] = await resumed.has(1);
    resumed.close();

    expect(empty.body).toMatchObject({ data: [], nextAfter: 4 });
    expect(fromTheStart.body.data.map(({ seq }: { seq: number }) => seq)).toEqual([5]);
    expect([refused.status, refused.body.error.code]).toEqual([410, 'events.gone']);
    expect(refused.body.error.details).toEqual({ oldestAvailable: 5 });
    expect(allowed.body.data).toHaveLength(1);
    expect(stream.response.status).toBe(410);
    expect(first!.id).toBe('5');
  });

  it('finds the oldest among many', async () => {
    clock.reset();
    const acme = await given.organization();
    const key = await acme.apiKey(['events:read', 'tickets:write', 'tickets:read']);
    for (let day = 0; day < 60; day += 4) {
      await acme.ticket({}, key);
      clock.advance(4 * DAY);
    }

    const { body } = await key.get('/events');

    // Each event is of a day of its own; those of the last thirty are handed out.
    expect(body.data[0].seq).toBe(body.nextAfter - 6);
    expect(body.data).toHaveLength(7);
  });
});
