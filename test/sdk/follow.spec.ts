import { beforeEach, describe, expect, it } from '@jest/globals';
import { Gone, Unauthenticated, type DeskEvent } from '../../sdk/src/manydesk.js';
import { useApp } from '../support/app.js';
import type { GivenOrganization } from '../support/given.js';
import { deskAt, refusal } from './sdk.js';

const running = await useApp({ listen: true });

describe('a feed that is followed', () => {
  let acme: GivenOrganization;
  let key: string;

  beforeEach(async () => {
    acme = await running.given.organization();
    key = (await acme.apiKey(['tickets:read', 'events:read'])).token!;
  });

  const seqs = (events: { seq: number }[]): number[] => events.map(({ seq }) => seq);

  it('gives every event of the log in order, then the next ones as they happen', async () => {
    const { desk } = deskAt(running.url, key);
    for (let index = 0; index < 5; index += 1) await acme.ticket();
    const before = await acme.events();
    const stop = new AbortController();
    const seen: DeskEvent[] = [];
    let later: Promise<unknown> | undefined;
    for await (const event of desk.events.follow({ limit: 2, signal: stop.signal })) {
      seen.push(event);
      if (seen.length === before.length) later = acme.ticket({ subject: 'Later' });
      if (event.type === 'ticket.created' && event.data?.subject === 'Later') stop.abort();
    }
    await later;
    const all = await acme.events();
    expect(seqs(seen)).toEqual(seqs(all).slice(0, seen.length));
    expect(seen.length).toBeGreaterThan(before.length);
  });

  it('goes on from a position that was stored, and has moved on only when the event is dealt with', async () => {
    const { desk } = deskAt(running.url, key);
    await acme.ticket();
    const all = await acme.events();
    const first = desk.events.follow();
    for await (const event of first) {
      expect(first.position).toBe(event.seq - 1);
      if (event.seq === 2) break;
    }
    expect(first.position).toBe(1);
    const stop = new AbortController();
    const rest: number[] = [];
    for await (const event of desk.events.follow({ after: first.position, signal: stop.signal })) {
      rest.push(event.seq);
      if (event.seq === all.at(-1).seq) stop.abort();
    }
    expect(rest).toEqual(seqs(all).filter((seq) => seq > 1));
  });

  it('tells only of the types that were asked for, and moves past the others', async () => {
    const { desk } = deskAt(running.url, key);
    const { id } = await acme.ticket();
    await acme.message(id, 'reply');
    await acme.ticket();
    const stop = new AbortController();
    const feed = desk.events.follow({ types: ['ticket.created', 'mail.*'], signal: stop.signal });
    const head = (await acme.events()).at(-1).seq;
    const types: string[] = [];
    for await (const { events, position } of feed.stretches()) {
      types.push(...events.map(({ type }) => type));
      if (position === head) stop.abort();
    }
    expect(types).toEqual(['ticket.created', 'ticket.created']);
    expect(feed.position).toBe(head);
  });

  it('comes back after losses and refusals of the moment, from where it was', async () => {
    const { desk, wire } = deskAt(running.url, key, { retries: 0 });
    for (let index = 0; index < 3; index += 1) await acme.ticket();
    const all = await acme.events();
    wire.judge = (_, count) =>
      count % 3 === 1
        ? 'lost'
        : count % 3 === 2
          ? refusal(503, 'internal.unavailable', { headers: { 'retry-after': '9' } })
          : undefined;
    const pauses: [string, number][] = [];
    const stop = new AbortController();
    const options = {
      limit: 2,
      signal: stop.signal,
      onPause: ({ code }: { code: string }, ms: number) => void pauses.push([code, ms]),
    };
    const seen: number[] = [];
    for await (const { seq } of desk.events.follow(options)) {
      seen.push(seq);
      if (seen.length === all.length) stop.abort();
    }
    expect(seen).toEqual(seqs(all));
    expect(pauses.slice(0, 2)).toEqual([
      ['network.unreachable', 250],
      ['internal.unavailable', 9_000],
    ]);
  });

  it('throws what no patience mends', async () => {
    const { desk, wire } = deskAt(running.url, 'md_live_unknown');
    const read = () => desk.events.follow().stretches().next();
    await expect(read()).rejects.toBeInstanceOf(Unauthenticated);
    wire.judge = () => refusal(410, 'events.gone', { details: { oldestAvailable: 40 } });
    const gone = await read().catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(Gone);
    expect(gone).toMatchObject({ code: 'events.gone', details: { oldestAvailable: 40 } });
  });

  it('asks again and again where a desk knows no waiting', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    const asked: (string | null)[] = [];
    wire.judge = ({ url }, count) => {
      const wait = new URL(url).searchParams.get('wait');
      asked.push(wait);
      if (wait !== null)
        return refusal(400, 'validation.failed', {
          details: [{ field: 'wait', problem: 'should not exist' }],
        });
      if (count === 5) stop.abort();
      return Response.json({ data: [], total: 0, nextAfter: 0, hasMore: false });
    };
    const stop = new AbortController();
    for await (const _ of desk.events.follow({ signal: stop.signal })) expect(_).toBe('nothing');
    expect(asked).toEqual(['25', null, null, null, null]);
    expect(clock.waits).toEqual([1_000, 2_000, 3_000]);
  });

  it('does not hammer at a desk that says it waits and does not', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    const stop = new AbortController();
    wire.judge = (_, count) => {
      if (count === 8) stop.abort();
      return Response.json({ data: [], total: 0, nextAfter: 0, hasMore: false });
    };
    for await (const _ of desk.events.follow({ signal: stop.signal })) expect(_).toBe('nothing');
    expect(clock.waits).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000]);
  });
});
