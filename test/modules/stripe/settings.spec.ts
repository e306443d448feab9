import { describe, expect, it } from '@jest/globals';
import { readSettings } from '#core/config/settings.js';

const GOOD = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://owner@127.0.0.1/desk',
  MANYDESK_SECRET: 'x'.repeat(48),
  BILLING_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_one, whsec_two',
};

describe('the settings of Stripe', () => {
  it('say the account, the kind of its money and what its events are signed with', () => {
    expect(readSettings(GOOD).billing.stripe).toEqual({
      ...{ secretKey: 'sk_live_abc', isLive: true, apiBase: null },
      webhookSecrets: ['whsec_one', 'whsec_two'],
    });
    const test = { ...GOOD, STRIPE_SECRET_KEY: 'rk_test_abc' };
    expect(readSettings(test).billing.stripe).toMatchObject({ isLive: false });
    expect(readSettings({ ...GOOD, BILLING_PROVIDER: 'none' }).billing.stripe).toBeNull();
  });

  it('are refused when they cannot be right', () => {
    const reading = (says: object) => () => readSettings({ ...GOOD, ...says });
    for (const key of ['', 'pk_live_abc', 'abc'])
      expect(reading({ STRIPE_SECRET_KEY: key })).toThrow('STRIPE_SECRET_KEY is not set');
    for (const secret of ['', 'abc', 'whsec_one,abc'])
      expect(reading({ STRIPE_WEBHOOK_SECRET: secret })).toThrow('STRIPE_WEBHOOK_SECRET is not');
  });

  it('lead to Stripe alone, but for a double on this machine in development', () => {
    const reading = (says: object) => () => readSettings({ ...GOOD, ...says });
    const STRIPE_API_BASE = 'http://127.0.0.1:4242';
    expect(reading({ STRIPE_API_BASE })).toThrow('leads elsewhere than to Stripe');
    const NODE_ENV = 'development';
    const development = { NODE_ENV, STRIPE_API_BASE };
    expect(reading(development)().billing.stripe).toMatchObject({ apiBase: STRIPE_API_BASE });
    for (const other of ['http://stripe.example', 'http://localhost:1', 'http://127.0.0.1.example'])
      expect(reading({ NODE_ENV, STRIPE_API_BASE: other })).toThrow(
        'leads elsewhere than to Stripe',
      );
  });
});
