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

const types = ['ticket.*'];

describe('an endpoint that wants the events of a subject in order', () => {
  it('gets the next one after the one before was taken, and other subjects meanwhile', async () => {
    const acme = await given.organization();
    const { path } = await givenEndpoint(acme, receiver, { types, ordering: 'subject' });
    const [first, other] = [await acme.ticket(), await acme.ticket()];
    for (const subject of ['One', 'Two', 'Three'])
      expectStatus(await acme.owner.patch(`/tickets/${first.id}`, { subject }), 200);
    receiver.answer = ({ event }, response) =>
      void response.writeHead(event.subject.id === first.id ? 500 : 200).end();
    await deliver(running);
    expect(receiver.at(path).map(({ event }) => event.subject.id)).toEqual([first.id, other.id]);

    receiver.says(200);
    clock.advance(7_000);
    await deliver(running);
    const seqs = receiver
      .at(path)
      .filter(({ event }) => event.subject.id === first.id)
      .map(({ event }) => event.seq);
    expect(seqs).toHaveLength(5);
    expect(seqs.slice(1)).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  });

  it('waits for none when the wish for order is taken back', async () => {
    const acme = await given.organization();
    const { id, path } = await givenEndpoint(acme, receiver, { types, ordering: 'subject' });
    const ticket = await acme.ticket();
    expectStatus(await acme.owner.patch(`/tickets/${ticket.id}`, { subject: 'One' }), 200);
    receiver.says(500);
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(1);
    expectStatus(await acme.owner.patch(`/webhook-endpoints/${id}`, { ordering: 'none' }), 200);
    await deliver(running);
    expect(receiver.at(path)).toHaveLength(2);
    expectStatus(await acme.owner.patch(`/webhook-endpoints/${id}`, { ordering: 'subject' }), 200);
    receiver.says(200);
    clock.advance(7_000);
    await deliver(running);
    const { body } = await acme.owner.get(`/webhook-endpoints/${id}/deliveries?status=delivered`);
    expect(body.total).toBe(2);
  });
});

describe('an endpoint', () => {
  it('is sent no more at once than it takes, and holds up no other one', async () => {
    const acme = await given.organization();
    let [now, most] = [0, 0];
    const open: (() => void)[] = [];
    const slow = await givenEndpoint(acme, receiver, { types, maxConcurrency: 2 });
    const quick = await givenEndpoint(acme, receiver, { types });
    receiver.answer = ({ path }, response) => {
      if (path === quick.path) return void response.writeHead(200).end();
      most = Math.max(most, (now += 1));
      open.push(() => {
        now -= 1;
        response.writeHead(200).end();
      });
    };
    for (let count = 0; count < 5; count += 1) await acme.ticket();
    const delivered = deliver(running);
    const letGo = setInterval(() => {
      if (receiver.at(quick.path).length === 5) open.shift()?.();
    }, 20);
    await delivered;
    clearInterval(letGo);

    expect(receiver.at(quick.path)).toHaveLength(5);
    expect(receiver.at(slow.path)).toHaveLength(5);
    expect(most).toBe(2);
  });

  it('is sent no more in a second than it takes', async () => {
    const acme = await given.organization();
    clock.set('2026-03-01T09:00:00Z');
    const { path } = await givenEndpoint(acme, receiver, { types, ratePerSecond: 3 });
    for (let count = 0; count < 8; count += 1) await acme.ticket();
    const sent: number[] = [];
    for (const wait of [0, 500, 500, 1_000, 1_000]) {
      clock.advance(wait);
      await deliver(running);
      sent.push(receiver.at(path).length);
    }
    expect(sent).toEqual([3, 4, 6, 8, 8]);
  });
});
