import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { archived, expectNothingIn, folderOfTest, furnish, restored, tarOf } from './desk.js';
import { forgeriesOf, type Forgery } from './forgery.js';

const here = await useApp();
const there = await startApp({ database: await databaseOfItsOwn('forged') });
afterAll(() => there.close());
const folder = await folderOfTest();
const acme = await here.given.organization();
await furnish(acme, 'plain');
const colleague = await acme.user('agent');
await acme.ticket({ assigneeId: colleague.user.id });
const globex = await here.given.organization('Globex');
const good = join(folder, 'good.tar');
await archived(here, acme.organization.slug, good);
const { parts, changed, rewritten, typed, sized } = await forgeriesOf(good);

const FORGED: Forgery[] = [
  ['has a link', () => typed('2'), /no plain file: links, folders/],
  ['has a hard link', () => typed('1'), /no plain file: links, folders/],
  ['has a folder', () => typed('5'), /no plain file: links, folders/],
  ['has a long name of GNU', () => typed('L'), /no plain file: links, folders/],
  ['has headers of pax', () => typed('x'), /no plain file: links, folders/],
  ['has holes', () => typed('S'), /no plain file: links, folders/],
  ['says that a table is endless', () => sized(1, 2n ** 50n), /is not a row as archives/],
  ['says that a file is larger than numbers', () => sized(1, 2n ** 60n), /cannot be/],
  ['says that its manifest is endless', () => sized(0, 2n ** 40n), /no manifest\.json/],
  [
    'counts rows that are not there',
    () =>
      changed((_, { tables }) => {
        Object.assign(tables[1], { isLeftAlone: true, rows: tables[1].rows + 1 });
      }),
    /was changed or damaged/,
  ],
  [
    'counts files that are not there',
    () => changed((_, { files }) => (files.count += 1)),
    /not as many files/,
  ],
  [
    'says that its log ends elsewhere',
    () => changed((_, { log }) => (log.seq -= 1)),
    /log ends elsewhere|log ends before/,
  ],
  [
    'has a row that is nested without end',
    () =>
      rewritten('teams', (text) =>
        text.replace(/"name":"[^"]*"/, `"name":${'['.repeat(200_000)}${']'.repeat(200_000)}`),
      ),
    /not a row as archives/,
  ],
  [
    'has a manifest that is nested without end',
    () => {
      const content = Buffer.from('['.repeat(500_000));
      return tarOf([{ name: 'manifest.json', content }, ...parts.slice(1)]);
    },
    /manifest is not/i,
  ],
  [
    'would shut its people out where it comes in',
    () =>
      rewritten('organizations', (text) =>
        text.replace('"sso_required":false', '"sso_required":true'),
      ),
    /has a sso_required that no archive/,
  ],
  [
    'would call somebody where it comes in',
    () =>
      rewritten('webhook_endpoints', (text) =>
        text.replace('"is_enabled":false', '"is_enabled":true'),
      ),
    /has a is_enabled that no archive/,
  ],
  [
    'leads a file out of its folder',
    () => rewritten('files', (text) => text.replace(/"id":"[^"]+"/, '"id":"../../etc/passwd"')),
    /has an id that is none/,
  ],
  [
    'has an address with a second line',
    () =>
      rewritten('memberships', (text) =>
        text.replace(/"person_email":"[^"]+"/, '"person_email":"a@b.example\\nBcc: c@d.example"'),
      ),
    /does not say whose it is/,
  ],
  [
    'refers to a row of another organization',
    () =>
      rewritten('tickets', (text) =>
        text.replace(/"assignee_id":"[^"]+"/, `"assignee_id":"${globex.owner.user.id}"`),
      ),
    /refers to what is not in/,
  ],
];

describe('an archive that', () => {
  it.each(FORGED)('%s is refused, and nothing is written', async (_, make, sentence) => {
    const path = join(folder, 'forged.tar');
    writeFileSync(path, make());

    await expect(restored(there, path)).rejects.toThrow(sentence);
    await expectNothingIn(there, acme.id);
  });
});
