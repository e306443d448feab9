import { WebhookTidying } from '#modules/webhooks/webhook-tidying.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given, clock } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
beforeEach(() => clock.stop());
afterEach(() => clock.reset());

const types = ['ticket.created'];
const READING = ['webhooks:read', 'events:read'] as const;

describe('a ping', () => {
  it('is sent and logged like a delivery, and is no event of the log', async () => {
    const acme = await given.organization();
    const { id, path } = await givenEndpoint(acme, receiver, { types });
    const asked = expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/pings`), 201);
    const { id: deliveryId, eventId } = asked.body.data;
    await deliver(running);
    const [sent] = receiver.at(path);
    expect(sent!.event).toMatchObject({ id: eventId, type: 'webhook.ping', seq: null });
    expect(sent!.headers['webhook-id']).toBe(eventId);
    const shown = (await acme.owner.get(`/webhook-deliveries/${deliveryId}`)).body.data;
    expect(shown).toMatchObject({
      status: 'delivered',
      body: sent!.body,
      tries: [{ status: 204 }],
    });
    expect((await acme.events()).map(({ type }) => type)).not.toContain('webhook.ping');
  });
});

describe('a replay', () => {
  it('of one delivery sends its event again under the same id', async () => {
    const acme = await given.organization();
    const { id, path } = await givenEndpoint(acme, receiver, { types });
    await acme.ticket();
    await deliver(running);
    const { data } = (await acme.owner.get(`/webhook-endpoints/${id}/deliveries`)).body;
    const again = await acme.owner.post(`/webhook-deliveries/${data[0].id}/replays`);
    expect(expectStatus(again, 201).body.data).toMatchObject({ replayOf: data[0].id, attempts: 0 });
    await deliver(running);
    const [first, second] = receiver.at(path);
    expect(second!.body).toBe(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  });

  it('of a stretch is filled in by the worker, and says how far it has come', async () => {
    const acme = await given.organization();
    for (let count = 0; count < 3; count += 1) await acme.ticket();
    const { id, path } = await givenEndpoint(acme, receiver, { types });
    await acme.ticket();
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(1);

    const replays = `/webhook-endpoints/${id}/replays`;
    const asked = expectStatus(await acme.owner.post(replays, { sinceSeq: 0 }), 201).body.data;
    expect(asked).toMatchObject({ fromSeq: 1, atSeq: 0, made: 0, status: 'running' });
    const twice = expectStatus(await acme.owner.post(replays, { sinceSeq: 0 }), 409);
    expect(twice.body.error.code).toBe('webhook.replay_running');
    await deliver(running);

    const done = (await acme.owner.get(`/webhook-replays/${asked.id}`)).body.data;
    expect(done).toMatchObject({ status: 'done', made: 4, atSeq: asked.toSeq });
    expect((await acme.owner.get(replays)).body.data).toEqual([done]);
    const created = (await acme.events()).filter(({ type }) => type === 'ticket.created');
    const sent = receiver.at(path).slice(1);
    expect(sent.map(({ event }) => event.seq).toSorted((a, b) => a - b)).toEqual(
      created.map(({ seq }) => seq),
    );
    const { fromSeq, toSeq } = { fromSeq: created[1].seq, toSeq: created[2].seq };
    expectStatus(await acme.owner.post(replays, { fromSeq, toSeq }), 201);
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(7);
  });

  it.each([
    [{}, 'fromSeq'],
    [{ sinceSeq: 1, toSeq: 2 }, 'fromSeq'],
    [{ fromSeq: 1, sinceSeq: 1 }, 'fromSeq'],
    [{ fromSeq: 1_000 }, 'fromSeq'],
    [{ sinceSeq: 1_000 }, 'sinceSeq'],
    [{ fromSeq: 0 }, 'fromSeq'],
  ])('is not begun with %j', async (range, field) => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver, { types });
    const refused = await acme.owner.post(`/webhook-endpoints/${id}/replays`, range);
    expect(expectStatus(refused, 400).body.error.details[0].field).toBe(field);
  });
});

describe('the list of deliveries', () => {
  it('is filtered and paged', async () => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver);
    for (let count = 0; count < 3; count += 1) await acme.ticket();
    expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/pings`), 201);
    await deliver(running);
    const list = `/webhook-endpoints/${id}/deliveries`;
    const ofTickets = (await acme.owner.get(`${list}?type=ticket.*`)).body;
    expect(ofTickets.total).toBe(3);
    const [newest, ...rest] = ofTickets.data;
    expect((await acme.owner.get(`${list}?type=webhook.ping`)).body.total).toBe(1);
    expect((await acme.owner.get(`${list}?status=failed`)).body.total).toBe(0);
    expect((await acme.owner.get(`${list}?after=${newest.seq - 1}`)).body.total).toBe(1);
    const first = (await acme.owner.get(`${list}?type=ticket.created&limit=1`)).body;
    const next = await acme.owner.get(`${list}?type=ticket.created&cursor=${first.nextCursor}`);
    expect(next.body.data).toEqual(rest);
    expectStatus(await acme.owner.get(`${list}?status=lost`), 400);
  });

  it('forgets what is older than thirty days, and all of an endpoint that is deleted', async () => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver, { types });
    const removed = await givenEndpoint(acme, receiver, { types });
    const reader = await acme.apiKey([...READING]);
    await acme.ticket();
    await deliver(running);
    expectStatus(await acme.owner.delete(`/webhook-endpoints/${removed.id}`), 200);
    const list = `/webhook-endpoints/${id}/deliveries`;
    const { data } = (await reader.get(list)).body;
    clock.advance(31 * 24 * 3_600_000);
    await running.get(WebhookTidying).sweep();
    expect((await reader.get(list)).body.total).toBe(0);
    const gone = expectStatus(await reader.get(`/webhook-deliveries/${data[0].id}`), 404);
    expect(gone.body.error.code).toBe('webhook.delivery_not_found');
  });
});
