import { afterAll, expect, it } from '@jest/globals';
import { verifyWebhook, WebhookRefused, type DeskEvent } from '../../sdk/src/manydesk.js';
import { useApp } from '../support/app.js';
import { LOOPBACK_ALLOWED } from '../support/sso.js';
import { deliver, Receiver } from '../support/webhooks.js';
import { deskAt } from './sdk.js';

const running = await useApp({ listen: true, settings: LOOPBACK_ALLOWED });
const receiver = await Receiver.start();
afterAll(() => receiver.close());

it('makes an endpoint, believes what it is sent, also through a change of the secret, and sends it again', async () => {
  const acme = await running.given.organization();
  const { desk } = deskAt(running.url, acme.owner.token!);
  const url = `${receiver.url}/hooks`;
  const { id, secret } = await desk.webhooks.create({ url, types: ['ticket.created'] });
  const { id: ticketId } = await acme.ticket({ subject: 'Sent out' });
  await deliver(running);
  const [sent] = receiver.at('/hooks');
  const now = running.clock.now().getTime();
  const event = await verifyWebhook<DeskEvent>(secret, sent!.headers, sent!.body, { now });
  expect(event).toMatchObject({ type: 'ticket.created', subject: { id: ticketId } });
  const forged = verifyWebhook(secret, sent!.headers, sent!.body.replace('Sent', 'Bent'), { now });
  await expect(forged).rejects.toBeInstanceOf(WebhookRefused);

  const { secret: newer } = await desk.webhooks.rotateSecret(id);
  const [delivery] = await desk.webhooks.deliveries(id).toArray();
  await desk.webhooks.replay(delivery!.id);
  await deliver(running);
  const again = receiver.at('/hooks')[1]!;
  expect(again.headers['webhook-id']).toBe(sent!.headers['webhook-id']);
  for (const each of [secret, newer])
    expect(await verifyWebhook(each, again.headers, again.body, { now })).toEqual(event);
  expect((await desk.webhooks.delivery(delivery!.id)).status).toBe('delivered');
  await desk.webhooks.remove(id);
  expect(await desk.webhooks.list().toArray()).toEqual([]);
});

it('names the types that an endpoint can ask for', async () => {
  const acme = await running.given.organization();
  const { desk } = deskAt(running.url, acme.owner.token!);
  const types = await desk.events.types().toArray();
  expect(types.map(({ type }) => type)).toContain('ticket.created');
});
