import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import {
  currentContext,
  NoTenantInContext,
  requireOrganizationId,
  runInContext,
} from '#core/context/context.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import { useApp } from '../support/app.js';
import { expectStatus } from '../support/as.js';
import { newTicket, PASSWORD } from '../support/given.js';

const running = await useApp({ listen: true });
const acme = await running.given.organization('Acme Support');
const globex = await running.given.organization('Globex Helpdesk');

const as = <T>(organizationId: string, work: () => T): T =>
  runInContext({ requestId: 'a-test-of-context', organizationId }, work);
const here = () => currentContext()?.organizationId;

describe('the context of a request', () => {
  it('reaches the handler of a request whose body comes in pieces', async () => {
    const body = JSON.stringify(newTicket({ body: 'x'.repeat(150_000) }));
    const pieces = Readable.from(
      (async function* () {
        for (let at = 0; at < body.length; at += 10_000) {
          yield Buffer.from(body.slice(at, at + 10_000));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      })(),
    );
    const response = await fetch(`${running.url}/api/v1/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${acme.owner.token}`, 'content-type': 'application/json' },
      body: Readable.toWeb(pieces),
      duplex: 'half',
    } as unknown as RequestInit);
    expect(response.status).toBe(201);
    const { data } = (await response.json()) as { data: { id: string } };
    expect((await acme.owner.get(`/tickets/${data.id}`)).status).toBe(200);
    expect((await globex.owner.get(`/tickets/${data.id}`)).status).toBe(404);
  });

  it('is its own among many on few connections', async () => {
    const people = [acme, globex];
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const who = people[index % 2]!;
        const made = expectStatus(
          await who.owner.post('/tickets', newTicket({ subject: who.id })),
          201,
        ).body.data;
        const seen = expectStatus(await who.owner.get(`/tickets/${made.id}`), 200).body.data;
        return seen.subject === who.id && made.subject === who.id;
      }),
    );
    expect(answers.every(Boolean)).toBe(true);
    for (const who of people) {
      const { data } = expectStatus(await who.owner.get('/tickets?limit=100'), 200).body;
      expect(
        data.every(
          (ticket: { subject: string }) =>
            ticket.subject === who.id || ticket.subject === 'The printer is on fire',
        ),
      ).toBe(true);
    }
  });

  it('is that of the credential for a person of two organizations', async () => {
    const { owner, id: firstId } = await running.given.organization('First');
    const credentials = { email: owner.user.email, password: PASSWORD };
    const opened = expectStatus(await running.as(null).post('/auth/sessions', credentials), 201);
    const founded = await running
      .as(opened.body.data.accessToken)
      .post('/organizations', { name: 'Second' });
    const { accessToken, organization } = expectStatus(founded, 201).body.data;
    const first = { client: owner, id: firstId };
    const second = { client: running.as(accessToken), id: organization.id };
    const { id } = expectStatus(await first.client.post('/tickets', newTicket()), 201).body.data;
    for (let time = 0; time < 2; time += 1) {
      expect((await first.client.get(`/tickets/${id}`)).status).toBe(200);
      expect((await second.client.get(`/tickets/${id}`)).status).toBe(404);
      expect((await first.client.get('/me')).body.data.organization.id).toBe(first.id);
      expect((await second.client.get('/me')).body.data.organization.id).toBe(second.id);
    }
    const foreign = { ...credentials, organizationId: acme.id };
    expect((await running.as(null).post('/auth/sessions', foreign)).status).toBe(401);
  });

  it('does not outlive a request on its connection', async () => {
    const answers: (string | number)[] = [];
    for (const token of [acme.owner.token, globex.owner.token, null, acme.owner.token]) {
      const response = await fetch(`${running.url}/api/v1/me`, {
        headers: {
          connection: 'keep-alive',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      const { data } = (await response.json()) as { data?: { organization: { id: string } } };
      answers.push(data?.organization.id ?? response.status);
    }
    expect(answers).toEqual([acme.id, globex.id, 401, acme.id]);
  });

  it('is not there where nobody opened one', async () => {
    await expect(async () => running.get(TicketsService).get(acme.id)).rejects.toThrow(
      NoTenantInContext,
    );
  });
});

describe('a context', () => {
  it('goes along with promises, timers and ticks', async () => {
    const seen = await as(acme.id, async () => {
      await Promise.resolve();
      const places = [here()];
      places.push(await new Promise((resolve) => setTimeout(() => resolve(here()), 1)));
      places.push(await new Promise((resolve) => setImmediate(() => resolve(here()))));
      places.push(await new Promise((resolve) => process.nextTick(() => resolve(here()))));
      queueMicrotask(() => places.push(here()));
      await new Promise((resolve) => setImmediate(resolve));
      return places;
    });
    expect(seen).toEqual(Array.from({ length: 5 }, () => acme.id));
  });

  it('goes along with a stream that is read in it', async () => {
    const seen = await as(acme.id, async () => {
      const places: unknown[] = [];
      for await (const _ of Readable.from(['a', 'b'])) places.push(here());
      return places;
    });
    expect(seen).toEqual([acme.id, acme.id]);
  });

  it('is that of whoever emits, not of whoever listens: a listener enters its own', async () => {
    const bell = new EventEmitter();
    const seen: unknown[] = [];
    as(acme.id, () => bell.on('ring', () => seen.push(here())));
    as(globex.id, () => bell.emit('ring'));
    bell.emit('ring');
    expect(seen).toEqual([globex.id, undefined]);
    const waited = as(acme.id, async () => {
      await once(bell, 'ring');
      return here();
    });
    as(globex.id, () => bell.emit('ring'));
    expect(await waited).toBe(acme.id);
  });

  it('ends where it began', () => {
    as(acme.id, () => as(globex.id, () => expect(requireOrganizationId('a test')).toBe(globex.id)));
    expect(here()).toBeUndefined();
    expect(() => requireOrganizationId('a test')).toThrow(NoTenantInContext);
  });
});
