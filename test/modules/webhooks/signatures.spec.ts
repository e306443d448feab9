import { Webhook } from 'standardwebhooks';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver, type Received } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
afterEach(() => running.clock.reset());

const HOUR = 3_600_000;

/** What the reference implementation says of a delivery; null when it is good. */
function verified(secret: string, { body, headers }: Received): string | null {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a delivery', () => {
  it('is signed as Standard Webhooks has it', async () => {
    const acme = await given.organization();
    const { secret, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    await acme.ticket();
    await deliver(running);

    const [sent] = receiver.at(path);
    expect(verified(secret, sent!)).toBeNull();
    expect(verified(secret, { ...sent!, body: `${sent!.body} ` })).toBe(
      'No matching signature found',
    );
    const later = { ...sent!.headers, 'webhook-id': 'another' };
    expect(verified(secret, { ...sent!, headers: later })).toBe('No matching signature found');
  });

  it('carries the signatures of both secrets for a day after a rotation', async () => {
    const acme = await given.organization();
    const { id, secret, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    const reader = await acme.apiKey(['webhooks:read']);
    const rotated = expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/secrets`), 201);
    const { secret: newer, ...row } = rotated.body.data;
    const { body: list } = await acme.owner.get(`/webhook-endpoints/${id}/secrets`);
    expect(list.data).toEqual([row, expect.objectContaining({ expiresAt: expect.any(String) })]);

    await acme.ticket();
    await deliver(running);
    const [both] = receiver.at(path);
    expect(String(both!.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect([secret, newer].map((each) => verified(each, both!))).toEqual([null, null]);

    running.clock.advance(25 * HOUR);
    const { body: left } = await reader.get(`/webhook-endpoints/${id}/secrets`);
    expect(left.data).toEqual([row]);
  });

  it('stops being signed with a secret that is ended, but never with none', async () => {
    const acme = await given.organization();
    const { id, secret, path } = await givenEndpoint(acme, receiver, { types: ['ticket.*'] });
    const secrets = `/webhook-endpoints/${id}/secrets`;
    const { data: old } = (await acme.owner.get(secrets)).body;
    const refused = expectStatus(await acme.owner.delete(`${secrets}/${old[0].id}`), 409);
    expect(refused.body.error.code).toBe('webhook.last_secret');
    const { secret: newer } = (await acme.owner.post(secrets)).body.data;
    expectStatus(await acme.owner.delete(`${secrets}/${old[0].id}`), 200);
    expectStatus(await acme.owner.delete(`${secrets}/${old[0].id}`), 404);

    await acme.ticket();
    await deliver(running);
    const [sent] = receiver.at(path);
    expect(verified(newer, sent!)).toBeNull();
    expect(verified(secret, sent!)).toBe('No matching signature found');
  });
});
