import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given, clock } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
beforeEach(() => clock.stop());
afterEach(() => {
  clock.reset();
  receiver.says(204);
});

describe('an event that happens', () => {
  it('is sent once, in the form of the feed, to an endpoint that wants it', async () => {
    const acme = await given.organization();
    await acme.ticket();
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.created'] });
    const ticket = await acme.ticket({ subject: 'Paper jam' });
    await acme.message(ticket.id, 'reply');

    await deliver(running);
    await deliver(running);

    const [sent, ...more] = receiver.at(path);
    const event = (await acme.events()).findLast(({ type }) => type === 'ticket.created');
    expect(more).toEqual([]);
    expect(sent!.event).toEqual(event);
    expect(sent!.event.subject.id).toBe(ticket.id);
    expect(sent!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': event.id,
    });
    const { body } = await acme.owner.get(`/webhook-endpoints/${id}/deliveries`);
    expect(body).toMatchObject({
      total: 1,
      data: [{ status: 'delivered', attempts: 1, seq: event.seq }],
    });
  });

  it('is told as a bare fact by a thin endpoint', async () => {
    const acme = await given.organization();
    const { path } = await givenEndpoint(acme, receiver, { payload: 'thin', types: ['ticket.*'] });
    const { id } = await acme.ticket();

    await deliver(running);

    const event = (await acme.events()).at(-1);
    const { type, seq, occurredAt, organizationId, subject } = event;
    expect(receiver.at(path).map((sent) => sent.event)).toEqual([
      { id: event.id, type, seq, occurredAt, organizationId, subject: { type: 'ticket', id } },
    ]);
    expect(subject.id).toBe(id);
  });

  it('reaches no endpoint of another organization', async () => {
    const [acme, other] = [await given.organization(), await given.organization('Other')];
    const { path } = await givenEndpoint(other, receiver, { types: ['ticket.*'] });
    await acme.ticket();

    await deliver(running);

    expect(receiver.at(path)).toEqual([]);
  });
});

describe('a delivery', () => {
  it('shows its tries, what was asked and answered, and no signature', async () => {
    const acme = await given.organization();
    receiver.says(500, { 'x-why': 'tired', 'content-type': 'text/plain' }, 'x'.repeat(20_000));
    const { id, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    await acme.ticket();
    await deliver(running);

    const { body: list } = await acme.owner.get(
      `/webhook-endpoints/${id}/deliveries?status=waiting`,
    );
    const shown = expectStatus(await acme.owner.get(`/webhook-deliveries/${list.data[0].id}`), 200);

    const { data } = shown.body;
    expect(data.body).toBe(receiver.at(path)[0]!.body);
    expect(data.tries).toEqual([
      expect.objectContaining({
        number: 1,
        status: 500,
        problem: 'status',
        requestHeaders: expect.objectContaining({
          'webhook-id': data.eventId,
          'webhook-signature': '[hidden]',
        }),
        responseHeaders: expect.objectContaining({ 'x-why': 'tired' }),
      }),
    ]);
    expect(data.tries[0].responseBody).toHaveLength(16_384);
    expect(Date.parse(data.nextAttemptAt)).toBeGreaterThan(Date.parse(data.createdAt));
  });
});
