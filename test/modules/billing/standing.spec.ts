import { afterEach, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { grant, laterAt, PROFILE, SELLING } from '../../support/billing.js';
import { addressOf, PASSWORD } from '../../support/given.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_PAYMENT_TERMS: 'By transfer to XX00 1234.' },
});
const { given } = running;

afterEach(() => running.clock.reset());

describe('how an organization stands with its plan', () => {
  it('is told to everybody in it, whatever is left to do', async () => {
    const acme = await given.organization();
    const viewer = await acme.user('viewer');
    const plan = async () => expectStatus(await viewer.get('/me'), 200).body.data.plan;
    expect(await plan()).toEqual({ isSold: true, access: 'full', hasSeat: true });
    for (const access of ['read_only', 'suspended'] as const) {
      await grant(running, acme.id, { access });
      expect(await plan()).toEqual({ isSold: true, access, hasSeat: true });
    }
  });

  it('says to whom and how it is paid, to who may see the invoices', async () => {
    const acme = await given.organization();
    const payment = expectStatus(await acme.owner.get('/billing/payment'), 200).body.data;
    expect(payment).toEqual({
      provider: 'manual',
      seller: ['Manydesk Ltd', '1 Desk Street', '12345 Deskville'],
      terms: 'By transfer to XX00 1234.',
      taxName: 'VAT',
    });
    const admin = await acme.user('admin');
    expect((await admin.get('/billing/payment')).status).toBe(403);
  });

  it('says when what is owed will halt it', async () => {
    running.clock.set('2031-01-10T09:00:00Z');
    const acme = await given.organization();
    expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
    const choice = { planId: 'team', interval: 'month', seats: 3 };
    const taken = expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
    expect(taken.body.data).toMatchObject({ readOnlyFrom: null, suspendedFrom: null });
    await laterAt(running, '2031-01-24T09:00:00Z');
    // The sessions of before have ended.
    const { email } = acme.owner.user;
    const again = await running.as(null).post('/auth/sessions', { email, password: PASSWORD });
    const owner = running.as(expectStatus(again, 201).body.data.accessToken);
    const owed = expectStatus(await owner.get('/billing/subscription'), 200).body.data;
    expect(owed).toMatchObject({
      status: 'active',
      owedSince: '2031-02-07T09:00:00.000Z',
      readOnlyFrom: '2031-02-21T09:00:00.000Z',
      suspendedFrom: '2031-03-09T09:00:00.000Z',
    });
  });

  it('invites nobody for whom there is no seat', async () => {
    const acme = await given.organization();
    await grant(running, acme.id, { seats: 1 });
    const offer = { email: addressOf('nina'), role: 'agent' };
    const refused = expectStatus(await acme.owner.post('/invitations', offer), 402);
    expect(refused.body.error).toMatchObject({
      code: 'billing.limit_reached',
      details: { entitlement: 'seats', limit: 1, used: 1 },
    });
    await grant(running, acme.id, { seats: 2 });
    expectStatus(await acme.owner.post('/invitations', offer), 201);
  });
});
