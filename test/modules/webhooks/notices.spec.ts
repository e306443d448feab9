import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { eventually, settled } from '../../support/jobs.js';
import { noticesTo } from '../../support/notices.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { givenEndpoint, Receiver } from '../../support/webhooks.js';

const running = await useApp({
  settings: LOOPBACK_ALLOWED,
  worker: true,
  database: await databaseOfItsOwn('webhook_notices'),
});
const { given } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
afterEach(() => receiver.says(204));

describe('the worker', () => {
  it('delivers what happens by itself', async () => {
    const acme = await given.organization();
    const { path } = await givenEndpoint(acme, receiver, { types: ['ticket.created'] });
    const { id } = await acme.ticket();
    const [sent] = await eventually('the event has come', () => {
      const all = receiver.at(path);
      return all.length > 0 && all;
    });
    expect(sent!.event.subject.id).toBe(id);
  });

  it('tells the owners and the maker once that an endpoint was switched off', async () => {
    const acme = await given.organization();
    const admin = await acme.user('admin');
    receiver.says(410);
    const url = `${receiver.url}/${acme.id}`;
    const made = await admin.post('/webhook-endpoints', { url, types: ['ticket.created'] });
    const { id } = expectStatus(made, 201).body.data;
    await acme.ticket();
    await eventually('it is switched off', async () => {
      const { body } = await acme.owner.get(`/webhook-endpoints/${id}`);
      return !body.data.isEnabled;
    });
    await settled(running);
    for (const { email } of [acme.owner.user, admin.user]) {
      // The worker's own courier may be at it.
      const told = await eventually('the mail is sent', async () => {
        const mails = await noticesTo(running, email);
        const found = mails.filter(({ kind }) => kind === 'webhook_disabled');
        return found.length > 0 && found;
      });
      expect(told).toEqual([
        expect.objectContaining({
          subject: 'A webhook of Acme Support was switched off',
          path: '/settings/webhooks',
        }),
      ]);
    }
  });

  it('tells nobody of one that somebody switched off', async () => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver, { types: ['ticket.created'] });
    expectStatus(await acme.owner.patch(`/webhook-endpoints/${id}`, { isEnabled: false }), 200);
    await settled(running);
    expect(await noticesTo(running, acme.owner.user.email)).toEqual([]);
  });
});
