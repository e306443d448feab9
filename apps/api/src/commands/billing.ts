import { BadSetting } from '#core/config/settings.js';
import { print } from './print.js';

/** `billing:paid <number>` and `billing:credit <number>`. */
export async function settleInvoice(way: 'markPaid' | 'credit', now: string): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { InvoicePayments } = await import('#modules/billing/invoice-payments.service.js');
  const number = process.argv[3] ?? '';
  const isChange = await withApplication((app) =>
    app.get(InvoicePayments, { strict: false })[way](number),
  );
  print(isChange ? `${number} is ${now}.` : `${number} was ${now} already.`);
}

/** `billing:plan <file>`. Throws {@link BadSetting} for a file that is no plan. */
export async function offerPlan(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { Plans } = await import('#modules/billing/plans.service.js');
  const { readPlan } = await import('#modules/billing/plan-file.service.js');
  const plan = await readPlan(process.argv[3] ?? '');
  const version = await withApplication((app) => app.get(Plans, { strict: false }).publish(plan));
  print(`Version ${version} of ${plan.id} is offered; who has an older one keeps it.`);
}

/** `billing:override <slug> <file or ->`. Throws {@link BadSetting} with one sentence. */
export async function overridePlan(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { Overrides } = await import('#modules/billing/overrides.service.js');
  const { readOverride } = await import('#modules/billing/plan-file.service.js');
  const [slug = '', path = ''] = process.argv.slice(3);
  const override = path === '-' ? null : await readOverride(path);
  const until = await withApplication(async (app) => {
    const overrides = app.get(Overrides, { strict: false });
    const id = await overrides.find(slug);
    if (id === null)
      throw new BadSetting(
        `there is no organization ${JSON.stringify(slug)}: name its slug after the command`,
      );
    await (override ? overrides.give(id, override) : overrides.end(id));
    return override?.until;
  });
  print(
    until
      ? `${slug} has it until ${until.toISOString()}.`
      : `${slug} has what its plan says, and nothing else.`,
  );
}

/** `billing:kept`: a line of JSON for each. */
export async function printKeptInvoices(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { KeptInvoices } = await import('#modules/billing/kept-invoices.service.js');
  await withApplication(async (app) => {
    for await (const line of app.get(KeptInvoices, { strict: false }).lines()) print(line);
  });
}

/** `billing:costs [month]`. Throws {@link BadSetting} for what is no month. */
export async function reportCosts(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { Costs } = await import('#modules/billing/costs.service.js');
  const { costTable } = await import('#modules/billing/costs.service.js');
  const month = process.argv[3] ?? '';
  if (month !== '' && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new BadSetting(`${month} is no month: name one such as 2026-01, or nothing for this one`);
  const report = await withApplication((app) =>
    app.get(Costs, { strict: false }).ofMonth(month === '' ? null : new Date(`${month}-01`)),
  );
  print(costTable(report));
}
