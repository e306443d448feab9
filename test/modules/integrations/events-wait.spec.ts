import { startApp, useApp } from '../../support/app.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ listen: true });
const { given } = running;

/** Asks over a real connection, which can be hung up. */
function ask(token: string | null, query: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${running.url}/api/v1/events?${query}`, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal && { signal }),
  });
}
const A_WHILE = 300;
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, A_WHILE));

describe('a reader who waits', () => {
  it('is answered at once when there is something', async () => {
    const acme = await given.organization();

    const { body } = await acme.owner.get('/events?wait=30');

    expect(body.data).toHaveLength(3);
  });

  it('is answered by the first event that comes', async () => {
    const acme = await given.organization();
    const waiting = ask(acme.owner.token, 'after=3&wait=30');
    await later();

    const ticket = await acme.ticket();

    const body = (await (await waiting).json()) as any;
    expect(body).toMatchObject({ nextAfter: 4, hasMore: false });
    expect(body.data[0].subject.id).toBe(ticket.id);
  });

  it('sleeps on through what was not asked for', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    const waiting = ask(acme.owner.token, 'after=4&wait=30&types=ticket.closed');
    await later();

    await acme.ticket();
    await later();
    await acme.owner.put(`/tickets/${ticket.id}/closure`);

    const body = (await (await waiting).json()) as any;
    expect(body.data.map(({ seq }: { seq: number }) => seq)).toEqual([6]);
    expect(body.nextAfter).toBe(6);
  });

  it('gets nothing when the time is over, and a place to go on from', async () => {
    const acme = await given.organization();
    const waiting = acme.owner.get('/events?after=3&wait=1&types=ticket.closed');
    await later();
    await acme.ticket();

    const { status, body } = await waiting;

    expect(status).toBe(200);
    expect(body).toMatchObject({ data: [], nextAfter: 4, hasMore: false });
  });

  it('is told nothing any more once the credential ended', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['events:read']);
    const waiting = ask(key.token, 'after=4&wait=30');
    await later();

    await acme.owner.delete(`/api-keys/${key.key.id}`);

    expect(((await (await waiting).json()) as any).data).toEqual([]);
  });

  it('is not woken by another organization', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    const waiting = acme.owner.get('/events?after=3&wait=1');
    await later();

    await globex.ticket();

    expect((await waiting).body.data).toEqual([]);
  });

  it('is answered at once when a hundred wait already; who hangs up makes room', async () => {
    const acme = await given.organization();
    const abort = new AbortController();
    const crowd = Array.from({ length: 101 }, async () =>
      (await ask(acme.owner.token, 'after=3&wait=30', abort.signal)).json(),
    );

    // Only one who finds a hundred waiting is answered before anything happens or the time is over.
    const first = (await Promise.race(crowd)) as any;
    expect(first).toMatchObject({ data: [], nextAfter: 3 });
    abort.abort();
    await Promise.allSettled(crowd);

    const hears = async (): Promise<boolean> => {
      const { seq } = (await acme.events()).at(-1);
      const waiting = ask(acme.owner.token, `after=${seq}&wait=30`);
      await later();
      await acme.ticket();
      return ((await (await waiting).json()) as any).data.length > 0;
    };
    await eventually('room for another', hears, 25_000);
  }, 60_000);

  it('does not hold up the end of the process', async () => {
    const other = await startApp({ listen: true, database: running.database });
    const acme = await given.organization();
    const waiting = fetch(`${other.url}/api/v1/events?after=3&wait=30`, {
      headers: { authorization: `Bearer ${acme.owner.token}` },
    });
    await later();
    const begun = performance.now();

    await other.close();

    expect(((await (await waiting).json()) as any).data).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
