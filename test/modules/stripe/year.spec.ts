import { afterAll, expect, it } from '@jest/globals';
import { startApp } from '../../support/app.js';
import { tenantYear } from '../../support/billing-year.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { StripeDriver } from '../../support/stripe/driver.js';

const driver = await StripeDriver.start();
const running = await startApp({
  settings: driver.settings,
  database: await databaseOfItsOwn('stripe_year'),
});

afterAll(async () => {
  await running.close();
  await driver.stop();
});

it('lets an organization have at every step of a year what invoices of our own would', async () => {
  const steps = await tenantYear(driver, running);
  expect(Object.keys(steps)).toHaveLength(22);
}, 300_000);
