import { afterEach, describe, expect, it } from '@jest/globals';
import { Plans } from '../../../apps/api/src/modules/billing/plans.service.js';
import { InvoicePayments } from '../../../apps/api/src/modules/billing/invoice-payments.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE, SELLING } from '../../support/billing.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp({
  settings: {
    ...SELLING,
    BILLING_INVOICE_PREFIX: 'SPEC',
    BILLING_PAYMENT_TERMS: 'To our account.',
  },
  database: await databaseOfItsOwn('invoices'),
});
const { given } = running;
const NOW = {
  ...{ id: 'at-once', name: 'At once', currency: 'EUR', monthlyPrice: 1005, yearlyPrice: 10_000 },
  ...{ trialDays: 0, seats: null, ticketsAMonth: null, storageBytes: null, callsAMinute: null },
  features: [],
};
await running.get(Plans).publish(NOW);
const CHOICE = { planId: 'at-once', interval: 'month', seats: 1 };

afterEach(() => running.clock.reset());

async function customer(): Promise<GivenOrganization> {
  const acme = await given.organization();
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  return acme;
}

async function listed(acme: GivenOrganization): Promise<any[]> {
  return expectStatus(await acme.owner.get('/billing/invoices'), 200).body.data;
}

describe('invoices', () => {
  it('have numbers without a gap, however many are issued at once and whatever fails', async () => {
    const organizations = await Promise.all(Array.from({ length: 6 }, () => customer()));
    const failing = await given.organization();
    const answers = await Promise.all([
      ...organizations.map(({ owner }) => owner.put('/billing/subscription', CHOICE)),
      failing.owner.put('/billing/subscription', CHOICE),
    ]);
    expect(answers.at(-1)!.body.error.code).toBe('billing.profile_missing');
    const numbers = (await Promise.all(organizations.map(listed))).map(([{ number }]) => number);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `SPEC-00000${number}`));
  });

  it('say what is asked for, of whom, and with which tax', async () => {
    const acme = await customer();
    expectStatus(await acme.owner.put('/billing/subscription', { ...CHOICE, seats: 3 }), 200);
    const [invoice] = await listed(acme);
    expect(invoice).toMatchObject({
      ...{ kind: 'invoice', status: 'open', currency: 'EUR', net: 3015, tax: 573, total: 3588 },
      ...{ taxName: 'VAT', taxRate: 1900, paidAt: null, creditsId: null },
      buyer: { lines: ['Acme Ltd', '1 Acme Street', '12345 Acmeville'], taxId: 'DE1' },
      seller: { lines: ['Manydesk Ltd', '1 Desk Street', '12345 Deskville'], taxId: 'XX123456789' },
    });
    expect(invoice.lines).toEqual([
      {
        text: expect.stringMatching(/^At once \(by the month\), 3 seats, /),
        seats: 3,
        net: 3015,
        tax: 573,
      },
    ]);
    expect(
      expectStatus(await acme.owner.get(`/billing/invoices/${invoice.id}`), 200).body.data,
    ).toEqual(invoice);
    const paper = await acme.owner.get(`/billing/invoices/${invoice.id}/document`);
    expect(paper.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${invoice.number}.pdf"`,
    });
    expect(paper.text.slice(0, 5)).toBe('%PDF-');
    const again = await acme.owner.get(`/billing/invoices/${invoice.id}/document`);
    expect(again.text).toBe(paper.text);
  });

  it('are nobody else’s', async () => {
    const [acme, globex] = [await customer(), await customer()];
    expectStatus(await acme.owner.put('/billing/subscription', CHOICE), 200);
    const [{ id }] = await listed(acme);
    for (const path of [`/billing/invoices/${id}`, `/billing/invoices/${id}/document`])
      expect((await globex.owner.get(path)).body.error.code).toBe('billing.invoice_not_found');
    expect(await listed(globex)).toEqual([]);
  });

  it('are taken back by a credit note of a series of its own, once', async () => {
    const acme = await customer();
    expectStatus(await acme.owner.put('/billing/subscription', CHOICE), 200);
    const [{ number, id, total }] = await listed(acme);
    const payments = running.get(InvoicePayments);
    expect(await payments.credit(number)).toBe(true);
    expect(await payments.credit(number)).toBe(false);
    const [note, invoice] = (await listed(acme)).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(note).toMatchObject({ number: 'SPEC-C000001', total: -total, creditsId: id });
    expect(invoice.status).toBe('credited');
    await expect(payments.markPaid(number)).rejects.toThrow(/neither paid nor credited/);
    await expect(payments.credit(note.number)).rejects.toThrow(/neither paid nor credited/);
    await expect(payments.markPaid('SPEC-999999')).rejects.toThrow(/no such invoice/);
    const subscription = (await acme.owner.get('/billing/subscription')).body.data;
    expect(subscription.owedSince).toBe(null);
    const types = (await acme.events()).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['billing.invoice_issued', 'billing.credit_note_issued']),
    );
    const viewer = await acme.apiKey(['events:read']);
    const seen = expectStatus(await viewer.get('/events?limit=1000'), 200).body.data;
    expect(seen.filter(({ type }: any) => type.startsWith('billing.'))).toEqual([]);
  });

  it('keep their price when a new version of the plan costs more', async () => {
    const acme = await customer();
    expectStatus(await acme.owner.put('/billing/subscription', CHOICE), 200);
    await running.get(Plans).publish({ ...NOW, monthlyPrice: 9999 });
    const more = await acme.owner.put('/billing/subscription', { ...CHOICE, seats: 2 });
    expect(expectStatus(more, 200).body.data).toMatchObject({ planVersion: 1, price: 2010 });
  });
});
