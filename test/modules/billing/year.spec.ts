import { afterAll, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { tenantYear } from '../../support/billing-year.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { ManualDriver } from '../../support/manual-driver.js';

const driver = new ManualDriver();
const running = await useApp({
  settings: driver.settings,
  database: await databaseOfItsOwn('billing_year'),
});

afterAll(() => running.clock.reset());

it('has at every step of a year what the plan of that step lets it have', async () => {
  const steps = await tenantYear(driver, running);
  expect(Object.keys(steps)).toHaveLength(22);
}, 300_000);
