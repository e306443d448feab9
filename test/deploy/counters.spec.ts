import { describe, expect, it } from '@jest/globals';
import { startApp, useApp } from '../support/app.js';
import { sampleOf } from '../support/exposed-metrics.js';
import { AS_MAIL, mail } from '../support/mail.js';

const running = await useApp();
const acme = await running.given.organization();

/** What `/metrics` of `app` says of one series. */
async function count(name: string, labels: string, app = running): Promise<number> {
  return sampleOf((await app.as(null).get('/metrics')).text, `manydesk_${name}`, labels);
}

describe('what is counted for the operator', () => {
  it('begins at 0, so that the first of a kind is an increase', async () => {
    expect(await count('limit_refusals_total', 'limit="organization"')).toBe(0);
    expect(await count('inbound_mails_total', 'outcome="failed"')).toBe(0);
    expect(await count('webhook_attempts_total', 'outcome="failed"')).toBe(0);
    expect(await count('notice_mails_total', 'outcome="given_up"')).toBe(0);
  });

  it('are calls that a limit refused, by the limit', async () => {
    const limited = await startApp({ settings: { RATE_LIMIT_PER_KEY_PER_MINUTE: '10' } });
    try {
      const globex = await limited.given.organization();
      const statuses: number[] = [];
      for (let call = 0; call < 11; call += 1)
        statuses.push((await globex.owner.get('/tickets')).status);

      expect(statuses.at(-1)).toBe(429);
      expect(await count('limit_refusals_total', 'limit="caller"', limited)).toBeGreaterThan(0);
      expect(await count('limit_refusals_total', 'limit="concurrency"', limited)).toBe(0);
    } finally {
      await limited.close();
    }
  });

  it('are mails that were handed in, by what became of them', async () => {
    const raw = mail({ Subject: 'Hello' });
    const first = await acme.owner.post('/inbound/mail', raw, AS_MAIL);
    const again = await acme.owner.post('/inbound/mail', raw, AS_MAIL);
    const broken = await acme.owner.post('/inbound/mail', 'no mail at all', AS_MAIL);

    expect([first.status, again.status, broken.status]).toEqual([201, 201, 400]);
    expect(await count('inbound_mails_total', 'outcome="ticket"')).toBe(1);
    expect(await count('inbound_mails_total', 'outcome="duplicate"')).toBe(1);
    expect(await count('inbound_mails_total', 'outcome="malformed"')).toBe(1);
    expect(await count('inbound_mails_total', 'outcome="failed"')).toBe(0);
  });
});
