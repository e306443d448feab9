import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { Plans } from '../../../apps/api/src/modules/billing/plans.service.js';
import { settingsOf, useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE, SELLING } from '../../support/billing.js';
import { databaseOfItsOwn } from '../../support/database.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_INVOICE_PREFIX: 'CLI' },
  database: await databaseOfItsOwn('billing_command'),
});
const root = resolve(import.meta.dirname, '..', '..', '..');

/** What the command says. */
async function command(...args: string[]): Promise<string> {
  const cli = [resolve(root, 'dist/api/cli.js'), ...args];
  const settings = settingsOf(running.database, running.dataDir);
  const env = { ...process.env, NODE_OPTIONS: '', ...settings, ...SELLING };
  return promisify(execFile)(process.execPath, cli, { cwd: root, env }).then(
    ({ stdout }) => stdout.trim(),
    ({ stderr }: { stderr: string }) => stderr.trim(),
  );
}

async function file(content: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'plan-')), 'file.json');
  await writeFile(path, JSON.stringify(content));
  return path;
}

it('lets the operator offer a plan, take payments, give more for a time and see what it costs', async () => {
  const plan = await file({
    ...{ id: 'small', name: 'Small', currency: 'EUR', monthlyPrice: 500, yearlyPrice: 5000 },
    ...{ trialDays: 0, seats: 5, ticketsAMonth: null, storageBytes: null, callsAMinute: null },
    features: [],
  });
  expect(await command('billing:plan', plan)).toMatch(/^Version 1 of small is offered/);
  expect(await running.get(Plans).offer('small')).toMatchObject({ monthlyPrice: 500 });
  const acme = await running.given.organization();
  const { slug } = acme.organization;
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  const choice = { planId: 'small', interval: 'month', seats: 2 };
  expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
  expect(await command('billing:paid', 'CLI-000001')).toBe('CLI-000001 is paid.');
  expect(await command('billing:credit', 'CLI-000001')).toBe('CLI-000001 is taken back.');
  expect(await command('billing:paid', 'CLI-9')).toMatch(/no such invoice/);
  const until = new Date(running.clock.now().getTime() + 86_400_000).toISOString();
  const override = await file({ terms: { seats: 9 }, reason: 'Moves over', until });
  expect(await command('billing:override', slug, override)).toBe(`${slug} has it until ${until}.`);
  expect(await command('billing:override', 'nobody', '-')).toMatch(/no organization "nobody"/);
  expect(await command('billing:override', slug, '-')).toMatch(/what its plan says/);
  const costs = await command('billing:costs');
  expect(costs.split('\n').find((line) => line.startsWith(slug))).toContain('0.00 EUR');
  expect(await command('billing:costs', 'May')).toMatch(/no month/);
}, 300_000);
