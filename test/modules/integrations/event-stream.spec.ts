import { useApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ listen: true });
const { given } = running;
const open: EventStream[] = [];
afterEach(() => open.splice(0).forEach((stream) => stream.close()));

async function stream(
  token: string | null,
  options?: Parameters<typeof EventStream.open>[2],
): Promise<EventStream> {
  const opened = await EventStream.open(running, token, options);
  open.push(opened);
  return opened;
}
const A_SECOND = 1_000;

describe('the stream of events', () => {
  it('begins with what there is and goes on as it happens', async () => {
    const acme = await given.organization();
    const live = await stream(acme.owner.token);
    expect(live.response.status).toBe(200);
    expect(live.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await live.has(3);

    const ticket = await acme.ticket();
    const [, , , event] = await live.has(4);

    expect(event).toMatchObject({ id: '4', event: 'ticket.created' });
    expect(event!.data.subject.id).toBe(ticket.id);
    expect(live.events.map(({ data }) => data)).toEqual(await acme.events());
  });

  it('carries the request id and the headers of every answer', async () => {
    const acme = await given.organization();

    const live = await stream(acme.owner.token, { headers: { 'x-request-id': 'stream-request' } });

    expect(live.response.headers.get('x-request-id')).toBe('stream-request');
    expect(live.response.headers.get('cache-control')).toBe('no-store');
    expect(live.response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('resumes by Last-Event-ID, which wins over the query', async () => {
    const acme = await given.organization();
    await acme.ticket();

    const byHeader = await stream(acme.owner.token, {
      query: '?after=0',
      headers: { 'last-event-id': '3' },
    });
    const byQuery = await stream(acme.owner.token, { query: '?after=2' });

    expect((await byHeader.has(1)).map(({ id }) => id)).toEqual(['4']);
    expect((await byQuery.has(2)).map(({ id }) => id)).toEqual(['3', '4']);
  });

  it('misses and doubles nothing over reconnects while others write', async () => {
    const acme = await given.organization();
    const writing = Promise.all(Array.from({ length: 30 }, () => acme.ticket()));

    const seen: string[] = [];
    while (seen.length < 33) {
      const part = await stream(acme.owner.token, {
        headers: seen.length === 0 ? {} : { 'last-event-id': seen.at(-1)! },
      });
      await part.has(Math.min(5, 33 - seen.length));
      part.close();
      seen.push(...part.events.map(({ id }) => id));
    }
    await writing;

    expect(seen).toEqual(Array.from({ length: 33 }, (_, i) => `${i + 1}`));
  });

  it('tells every reader of the organization, and nobody else', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    const readers = [
      await stream(acme.owner.token, { query: '?after=3' }),
      await stream((await acme.user('viewer')).token, { query: '?after=4' }),
    ];
    const stranger = await stream(globex.owner.token, { query: '?after=3' });

    await acme.ticket();
    await Promise.all(readers.map((reader) => reader.has(1)));
    await globex.ticket();

    const [first] = await stranger.has(1);
    expect(first!.data.organizationId).toBe(globex.id);
    for (const reader of readers) {
      for (const { data } of reader.events) expect(data.organizationId).toBe(acme.id);
    }
  });

  it('ends when its key is revoked', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['events:read']);
    const live = await stream(key.token);
    await live.has(4);

    await acme.owner.delete(`/api-keys/${key.key.id}`);

    await eventually('the end of the stream', () => live.ended, A_SECOND);
    const types = live.events.map(({ event }) => event);
    expect(types.filter((type) => type === 'api_key.revoked').length).toBeLessThanOrEqual(1);
  });

  it('ends when its session is signed out, and the others go on', async () => {
    const acme = await given.organization();
    const agent = await acme.user('agent');
    const [ends, stays] = [await stream(agent.token), await stream(acme.owner.token)];
    await ends.has(4);

    await agent.delete('/auth/sessions/current');

    await eventually('the end of the stream', () => ends.ended, A_SECOND);
    const before = (await stays.has(5)).length;
    await acme.ticket();
    await stays.has(before + 1);
    expect(stays.ended).toBe(false);
  });

  it.each([
    ['without a credential', null, {}, 401],
    ['with an id that is none', 'owner', { 'last-event-id': 'x' }, 400],
    ['with an id beyond all', 'owner', { 'last-event-id': '99999999999999999' }, 400],
  ])('is refused %s, as JSON', async (_, who, headers, status) => {
    const acme = await given.organization();

    const refused = await stream(who === null ? null : acme.owner.token, {
      headers: headers as Record<string, string>,
    });

    expect(refused.response.status).toBe(status);
    const { error } = (await refused.response.json()) as { error: { requestId: string } };
    expect(error.requestId).toBe(refused.response.headers.get('x-request-id'));
  });

  it('needs the permission', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['tickets:read']);

    expect((await stream(key.token)).response.status).toBe(403);
  });
});
