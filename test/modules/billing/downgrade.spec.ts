import { afterEach, describe, expect, it } from '@jest/globals';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Answer, type Client } from '../../support/as.js';
import { grant, SELLING } from '../../support/billing.js';
import { newTicket } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ settings: SELLING });
const { given } = running;

afterEach(() => running.clock.reset());

const codeOf = (answer: Answer): string => answer.body.error.code;

describe('a smaller plan', () => {
  it('lets those who came last only read, and never an owner', async () => {
    const acme = await given.organization();
    const [first, last] = [await acme.user('agent'), await acme.user('admin')];
    const { id } = await acme.ticket();
    await grant(running, acme.id, { seats: 2, features: ['custom_roles'] });
    expectStatus(await first.post('/tickets', newTicket()), 201);
    expectStatus(await last.get(`/tickets/${id}`), 200);
    const refused = await last.patch(`/tickets/${id}`, { subject: 'Changed' });
    expect([refused.status, codeOf(refused)]).toEqual([402, 'billing.no_seat']);
    expectStatus(await last.get('/users'), 200);
    const seatOf = async (who: Client): Promise<boolean> =>
      expectStatus(await who.get('/me'), 200).body.data.plan.hasSeat;
    expect([await seatOf(acme.owner), await seatOf(first), await seatOf(last)]).toEqual([
      ...[true, true, false],
    ]);
    expect(await seatOf(await acme.apiKey(['tickets:read']))).toBe(true);
    await grant(running, acme.id, { seats: 1 });
    expect(await seatOf(first)).toBe(false);
    expectStatus(await acme.owner.post('/tickets', newTicket()), 201);
    expect(codeOf(await first.post('/tickets', newTicket()))).toBe('billing.no_seat');
  });

  it('gives the seat of somebody who goes to who came after, in every process at once', async () => {
    const acme = await given.organization();
    const [first, last] = [await acme.user('agent'), await acme.user('agent')];
    await grant(running, acme.id, { seats: 2 });
    expect(codeOf(await last.post('/tickets', newTicket()))).toBe('billing.no_seat');
    expectStatus(await acme.owner.put(`/users/${first.user.id}/deactivation`), 200);
    const known = () => running.get(Entitlements).known(acme.id)?.seatless.size;
    await eventually('the seats are forgotten', () => known() !== 1);
    expectStatus(await last.post('/tickets', newTicket()), 201);
  });

  it('keeps all files and tickets, which can be read and taken away', async () => {
    const acme = await given.organization();
    const headers = { 'content-type': 'application/octet-stream' };
    const path = '/attachments?name=a.txt';
    const send = (text: string): Promise<Answer> =>
      acme.owner.post(path, Buffer.from(text), { headers });
    const file = expectStatus(await send('0123456789'), 201).body.data;
    const { id } = await acme.ticket();
    await grant(running, acme.id, { storage: 5, tickets: 0 });
    expect((await send('more')).body.error.details).toMatchObject({
      ...{ entitlement: 'storageBytes', limit: 5, used: 10 },
    });
    const link = expectStatus(await acme.owner.post(`/attachments/${file.id}/links`), 201);
    expect((await running.as(null).get(link.body.data.url)).text).toBe('0123456789');
    expectStatus(await acme.owner.patch(`/tickets/${id}`, { subject: 'Still mine' }), 200);
    expect(codeOf(await acme.owner.post('/tickets', newTicket()))).toBe('billing.limit_reached');
    const limits = expectStatus(await acme.owner.get('/billing/entitlements'), 200).body.data
      .limits;
    expect(limits).toEqual(
      expect.arrayContaining([
        { entitlement: 'storageBytes', limit: 5, used: 10, percent: 200 },
        { entitlement: 'ticketsAMonth', limit: 0, used: 1, percent: 100 },
      ]),
    );
  });
});
