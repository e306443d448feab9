import { startApp, useApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';
import { eventually } from '../../support/jobs.js';
import { PresenceExpiry } from '../../../apps/api/src/modules/presence/presence-expiry.service.js';

/** Two applications on one database stand for two processes. */
const first = await useApp({ listen: true });
const second = await startApp({ listen: true });
afterAll(() => second.close());

const acme = await first.given.organization();
const globex = await first.given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');
const bob = await acme.user('viewer', 'Bob Viewer');
const ticket = await acme.ticket();
const path = `/tickets/${ticket.id}/presence`;

const open: EventStream[] = [];
const stream = async (token: string | null, of = second): Promise<EventStream> => {
  const opened = await EventStream.open(of, token, { query: '?after=1000000' });
  open.push(opened);
  return opened;
};

afterEach(async () => {
  open.splice(0).forEach((one) => one.close());
  first.clock.reset();
  await Promise.all([ada.delete(path), bob.delete(path)]);
});

const people = async (token: string | null = acme.owner.token): Promise<[string, string][]> =>
  (await second.as(token).get(path)).body.data.people.map(
    (one: { name: string; state: string }) => [one.name, one.state],
  );

describe('who has a ticket open', () => {
  it('is seen in another process, each once, with what they do', async () => {
    await bob.put(path, { state: 'viewing' });
    await ada.put(path, { state: 'viewing' });

    const answer = await ada.put(path, { state: 'typing' });

    expect(answer.status).toBe(200);
    expect(answer.body.data.people[0]).toEqual({
      id: ada.user.id,
      name: 'Ada Agent',
      state: 'typing',
      seenAt: expect.any(String),
    });
    expect(await people()).toEqual([
      ['Ada Agent', 'typing'],
      ['Bob Viewer', 'viewing'],
    ]);
    await ada.delete(path);
    expect(await people()).toEqual([['Bob Viewer', 'viewing']]);
    expect((await ada.delete(path)).status).toBe(200);
  });

  it('is told to people who may see tickets, in another process, and to nobody else', async () => {
    const key = await acme.apiKey(['events:read', 'tickets:read']);
    const [person, program, stranger] = [
      await stream(bob.token),
      await stream(key.token),
      await stream(globex.owner.token),
    ];

    await ada.put(path, { state: 'viewing' });
    await person.has(1);
    // A sign of life is no news; another state is.
    await ada.put(path, { state: 'viewing' });
    await ada.put(path, { state: 'typing' });
    await ada.delete(path);
    await person.has(3);

    expect(person.events).toEqual(
      Array.from({ length: 3 }, () => ({
        id: undefined,
        event: 'presence',
        data: { ticketId: ticket.id },
      })),
    );
    expect(program.events).toEqual([]);
    expect(stranger.events).toEqual([]);
  });

  it('is forgotten 45 seconds after the last sign of life', async () => {
    await ada.put(path, { state: 'viewing' });
    const told = await stream(bob.token);
    const seen = Date.now();

    first.clock.set(new Date(seen + 44_000));
    expect((await bob.get(path)).body.data.people).toHaveLength(1);
    first.clock.set(new Date(seen + 46_000));
    expect((await bob.get(path)).body.data.people).toEqual([]);

    await first.get(PresenceExpiry).sweep();
    await told.has(1);
    await ada.put(path, { state: 'viewing' });
    await told.has(2);
  });

  it('is news again when somebody comes back who was taken for gone and not yet swept away', async () => {
    await ada.put(path, { state: 'viewing' });
    const told = await stream(bob.token);

    first.clock.advance(60_000);
    await ada.put(path, { state: 'viewing' });

    expect(await told.has(1)).toHaveLength(1);
  });

  it('leaves out somebody who was shut out', async () => {
    const leaver = await acme.user('agent', 'Lea Leaver');
    await leaver.put(path, { state: 'typing' });

    await acme.owner.put(`/users/${leaver.user.id}/deactivation`);

    expect(await eventually('she is gone', async () => (await people()).length === 0)).toBe(true);
  });
});

describe('presence is refused', () => {
  it('for a ticket of another organization, as for none', async () => {
    await ada.put(path, { state: 'viewing' });
    for (const answer of [
      await globex.owner.get(path),
      await globex.owner.put(path, { state: 'viewing' }),
      await acme.owner.get('/tickets/00000000-0000-4000-8000-000000000000/presence'),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('ticket.not_found');
    }
    await globex.owner.delete(path);
    expect(await people()).toEqual([['Ada Agent', 'viewing']]);
  });

  it('of a program', async () => {
    const key = await acme.apiKey(['tickets:read']);

    const answer = await key.put(path, { state: 'viewing' });

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('auth.people_only');
    expect((await key.get(path)).status).toBe(200);
  });

  it('in any other state', async () => {
    const answer = await ada.put(path, { state: 'sleeping' });

    expect(answer.body.error.details).toEqual([{ field: 'state', problem: expect.any(String) }]);
  });
});
