import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import type { GivenOrganization } from '../../support/given.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given, clock } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
afterEach(() => {
  clock.reset();
  receiver.says(204);
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function onlyDelivery(acme: GivenOrganization, endpointId: string): Promise<any> {
  const { body } = await acme.owner.get(`/webhook-endpoints/${endpointId}/deliveries`);
  expect(body.data).toHaveLength(1);
  return (await acme.owner.get(`/webhook-deliveries/${body.data[0].id}`)).body.data;
}

describe('a delivery that fails', () => {
  it('is tried again under the same id until it is taken', async () => {
    const acme = await given.organization();
    clock.set('2026-03-01T09:00:00Z');
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    receiver.says(503);
    await acme.ticket();
    await deliver(running);
    clock.advance(3_900);
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(1);
    clock.advance(2_200);
    await deliver(running);
    receiver.says(200);
    clock.advance(6 * MINUTE + 1_000);
    await deliver(running);

    const ids = receiver.at(path).map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
    const delivery = await onlyDelivery(acme, id);
    expect(delivery).toMatchObject({ status: 'delivered', attempts: 3, nextAttemptAt: null });
    expect(delivery.tries.map((each: any) => each.status)).toEqual([503, 503, 200]);
    expect((await acme.owner.get(`/webhook-endpoints/${id}`)).body.data).toMatchObject({
      ...{ waiting: 0, failingSince: null, lastDeliveredAt: clock.now().toISOString() },
    });
  });

  it('is given up after ten tries in three days and a bit', async () => {
    const acme = await given.organization();
    clock.set('2026-03-01T09:00:00Z');
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    receiver.says(500);
    await acme.ticket();
    // A little more than the longest that each wait may be.
    for (const minutes of [0.11, 6.1, 37, 145, 365, 725, 1_010, 1_445, 1_730, 1_730]) {
      await deliver(running);
      clock.advance(minutes * MINUTE);
    }
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(10);
    expect(await onlyDelivery(acme, id)).toMatchObject({ status: 'failed', attempts: 10 });
  });

  it('waits as long as the receiver asks for, and a redirect is not followed', async () => {
    const acme = await given.organization();
    clock.set('2026-03-01T09:00:00Z');
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    receiver.says(302, { location: `${receiver.url}/elsewhere`, 'retry-after': '3600' });
    await acme.ticket();
    await deliver(running);
    const { nextAttemptAt, tries } = await onlyDelivery(acme, id);
    expect(nextAttemptAt).toBe('2026-03-01T10:00:00.000Z');
    expect(tries[0]).toMatchObject({ status: 302, problem: 'redirect' });
    expect(receiver.at('/elsewhere')).toEqual([]);
    expect(receiver.at(path)).toHaveLength(1);
  });

  it('says what kept it from arriving when nobody answers', async () => {
    const acme = await given.organization();
    const gone = await Receiver.start();
    const { id } = await givenEndpoint(acme, gone, { types: ['ticket.*'] });
    await gone.close();
    await acme.ticket();
    await deliver(running);
    const { tries } = await onlyDelivery(acme, id);
    expect(tries[0]).toMatchObject({ status: null, problem: 'connection', responseBody: null });
  });
});

describe('an endpoint', () => {
  it('that says that it is gone is switched off at once', async () => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver);
    receiver.says(410);
    await acme.ticket();
    await deliver(running);
    const { data } = (await acme.owner.get(`/webhook-endpoints/${id}`)).body;
    expect(data).toMatchObject({ isEnabled: false, disabledBecause: 'gone' });
    expect((await acme.events()).at(-1)).toMatchObject({
      ...{ type: 'webhook_endpoint.disabled', data: { reason: 'gone' }, actor: { type: 'system' } },
    });
    const refused = await acme.owner.post(`/webhook-endpoints/${id}/pings`);
    expect(expectStatus(refused, 409).body.error.code).toBe('webhook.disabled');
  });

  it('that only fails for five days is switched off, and goes on where it stood when it is on again', async () => {
    const acme = await given.organization();
    clock.set('2026-03-01T09:00:00Z');
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.created'] });
    receiver.says(500);
    await acme.ticket();
    await deliver(running);
    clock.set('2026-03-06T08:00:00Z');
    await deliver(running);
    const still = (await acme.owner.get(`/webhook-endpoints/${id}`)).body.data;
    expect(still).toMatchObject({ isEnabled: true, failingSince: '2026-03-01T09:00:00.000Z' });
    clock.advance(DAY);
    await deliver(running);
    const off = (await acme.owner.get(`/webhook-endpoints/${id}`)).body.data;
    expect(off).toMatchObject({ isEnabled: false, disabledBecause: 'failing' });

    receiver.says(204);
    receiver.received.length = 0;
    const meanwhile = await acme.ticket();
    await deliver(running);
    expect(receiver.at(path)).toEqual([]);
    expectStatus(await acme.owner.patch(`/webhook-endpoints/${id}`, { isEnabled: true }), 200);
    clock.advance(DAY);
    await deliver(running);
    const subjects = receiver.at(path).map(({ event }) => event.subject.id);
    expect(subjects).toHaveLength(2);
    expect(subjects).toContain(meanwhile.id);
  });
});
