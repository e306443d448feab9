import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings } from '#core/config/config.module.js';
import { BadSetting, ownerUrl } from '#core/config/settings.js';
import { diffFromSchema } from '#core/database/migrate.js';
import { packageRoot } from '#core/config/root.js';
import { endWithSentence, prepareDatabase } from './boot.js';
import { exportOrganization, importOrganization } from './commands/archives.js';
import {
  offerPlan,
  overridePlan,
  printKeptInvoices,
  reportCosts,
  settleInvoice,
} from './commands/billing.js';
import { print } from './commands/print.js';
import { createStaff, resetStaff } from './commands/staff.js';

const COMMANDS: Record<string, { what: string; run: () => Promise<void> }> = {
  'db:migrate': { what: 'make the roles and apply the migrations', run: migrateDatabase },
  'db:diff': {
    what: 'print the SQL that turns the migrations into what prisma/schema says',
    run: printDiff,
  },
  'keys:rotate': {
    what: 'sign access tokens with a new key, a minute from now',
    run: rotateKeys,
  },
  'factors:reset': {
    what: 'take the second factors of <email> away, in all of their organizations',
    run: resetFactors,
  },
  'audit:verify': {
    what: 'verify <file>, an export of a log, offline; [head hash] to hold it to what the desk says',
    run: verifyExport,
  },
  'organization:suspend': {
    what: 'suspend the organization <slug>: its keys are refused, its people only read',
    run: () => turnOrganization('suspend'),
  },
  'organization:resume': {
    what: 'let the organization <slug> work again',
    run: () => turnOrganization('resume'),
  },
  'organization:export': {
    what: 'write all of the organization <slug> to one file; [file], <slug>.tar if not said',
    run: exportOrganization,
  },
  'organization:import': {
    what: 'bring the organization of <file> in, with the ids that it had',
    run: importOrganization,
  },
  'billing:paid': {
    what: 'mark the invoice <number> as paid',
    run: () => settleInvoice('markPaid', 'paid'),
  },
  'billing:credit': {
    what: 'take the invoice <number> back by a credit note',
    run: () => settleInvoice('credit', 'taken back'),
  },
  'billing:plan': {
    what: 'offer the plan in <file> (docs/billing.md), or a new version of it',
    run: offerPlan,
  },
  'billing:override': {
    what: 'give the organization <slug> what <file> says instead of its plan, for a time; - takes it back',
    run: overridePlan,
  },
  'billing:kept': {
    what: 'print the invoices of organizations that were erased, one a line, as JSON',
    run: printKeptInvoices,
  },
  'billing:costs': {
    what: 'what each organization took and paid in <month>, such as 2026-01; this one if not said',
    run: reportCosts,
  },
  'search:rebuild': {
    what: 'write the words of all tickets down anew, of all organizations or of <slug>',
    run: rebuildSearch,
  },
  'staff:create': {
    what: 'make <email> one of the staff with <role> (support, billing, operator) and [name]',
    run: createStaff,
  },
  'staff:reset': {
    what: 'give <email> of the staff a new password, and let them set up their app anew',
    run: resetStaff,
  },
  openapi: { what: "print the API's OpenAPI document", run: printDocument },
  'events:paper': { what: 'write docs/events.md and its schema anew', run: writeEventPaper },
};

async function migrateDatabase(): Promise<void> {
  const applied = await prepareDatabase(loadSettings());
  print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
}

async function printDiff(): Promise<void> {
  print(await diffFromSchema(ownerUrl(loadSettings()), packageRoot()));
}

async function rotateKeys(): Promise<void> {
  const { withApplication } = await import('./command-app.js');
  const { SigningKeys } = await import('#modules/auth/signing-keys.service.js');
  const kid = await withApplication((app) => app.get(SigningKeys, { strict: false }).rotate());
  print(`The key ${kid} signs in a minute; tokens of the one before are good until they end.`);
}

async function resetFactors(): Promise<void> {
  const { withApplication } = await import('./command-app.js');
  const { FactorResets } = await import('#modules/factors/factor-resets.service.js');
  const email = process.argv[3] ?? '';
  const had = await withApplication((app) =>
    app.get(FactorResets, { strict: false }).byOperator(email),
  );
  if (had === null)
    throw new BadSetting(
      `nobody has the address ${JSON.stringify(email)}: name it after the command`,
    );
  print(had ? 'The second factors are reset; the person is told by mail.' : 'There were none.');
}

/** Asks nothing but the file: an export is worth something where there is no desk. */
async function verifyExport(): Promise<void> {
  const { verifyExportFile } = await import('#modules/audit/export-file.service.js');
  const [path, head] = process.argv.slice(3);
  if (path === undefined)
    throw new BadSetting('audit:verify wants the file of an export: name it after the command');
  const { isValid, sentences } = await verifyExportFile(path, head);
  print(sentences.join('\n'));
  if (!isValid) process.exit(1);
}

async function turnOrganization(way: 'suspend' | 'resume'): Promise<void> {
  const { withApplication } = await import('./command-app.js');
  const { OrganizationStanding } =
    await import('#modules/organizations/organization-standing.service.js');
  const slug = process.argv[3] ?? '';
  const isChange = await withApplication((app) =>
    app.get(OrganizationStanding, { strict: false })[way](slug),
  );
  if (isChange === null)
    throw new BadSetting(
      `there is no organization ${JSON.stringify(slug)}: name its slug after the command`,
    );
  const now = way === 'suspend' ? 'suspended' : 'working';
  print(isChange ? `${slug} is ${now}.` : `${slug} was ${now} already.`);
}

async function rebuildSearch(): Promise<void> {
  const { withApplication } = await import('./command-app.js');
  const { SearchRebuild } = await import('#modules/search/search-rebuild.service.js');
  const slug = process.argv[3];
  const count = await withApplication((app) =>
    app.get(SearchRebuild, { strict: false }).rebuild(slug),
  );
  if (count === null)
    throw new BadSetting(
      `there is no organization ${JSON.stringify(slug)}: name its slug after the command, or nothing`,
    );
  print(`The words of ${count} tickets are written down.`);
}

async function printDocument(): Promise<void> {
  const { createDocumentOffline } = await import('./openapi-offline.js');
  const text = JSON.stringify(await createDocumentOffline(), null, 2);
  // It is more than a pipe holds: to exit before it is read would cut it off.
  await new Promise((written) => process.stdout.write(`${text}\n`, written));
}

async function writeEventPaper(): Promise<void> {
  const { EVENTS } = await import('./app.module.js');
  const { eventPaper, eventSchemas } = await import('#core/ledger/event-paper.js');
  const { schemaOfEvent } = await import('#core/ledger/event-catalogue.js');
  writeFileSync(join(packageRoot(), 'docs/events.md'), eventPaper(EVENTS));
  writeFileSync(
    join(packageRoot(), 'docs/events.schema.json'),
    eventSchemas(EVENTS, schemaOfEvent),
  );
  print(`${EVENTS.length} types of events are written down.`);
}

const command = COMMANDS[process.argv[2] ?? ''];
if (!command) {
  const list = Object.entries(COMMANDS).map(([name, { what }]) => `  ${name.padEnd(20)} ${what}`);
  process.stderr.write(`Usage: npm run cli -- <command>\n${list.join('\n')}\n`);
  process.exit(process.argv[2] === undefined ? 0 : 1);
}
command.run().then(() => process.exit(0), endWithSentence);
