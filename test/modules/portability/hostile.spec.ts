import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, useApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { archived, expectNothingIn, folderOfTest, furnish, restored, tarOf } from './desk.js';
import { forgeriesOf, type Forgery } from './forgery.js';

const here = await useApp();
const there = await startApp({ database: await databaseOfItsOwn('hostile') });
afterAll(() => there.close());
const folder = await folderOfTest();
const acme = await here.given.organization();
await furnish(acme, 'plain');
const globex = await here.given.organization('Globex');
const good = join(folder, 'good.tar');
await archived(here, acme.organization.slug, good);
const { parts, changed, rewritten, renamed } = await forgeriesOf(good);
const firstLine = (text: string): string => text.slice(0, text.indexOf('\n') + 1);

const HOSTILE: Forgery[] = [
  ['is empty', () => Buffer.alloc(0), /ends too early/],
  ['is no tar', () => Buffer.alloc(2048, 'x'), /no tar, or damaged/],
  ['is a tar of nothing', () => tarOf([]), /is empty/],
  ['is cut off', () => readFileSync(good).subarray(0, 9_000), /ends too early: it was cut off/],
  ['lacks its end', () => tarOf(parts.slice(0, 9)), /ends before /],
  ['lacks a file', () => tarOf(parts.slice(0, -1)), /ends before /],
  ['begins with a table', () => tarOf(parts.slice(1)), /no manifest\.json/],
  ['has a path upwards', () => renamed('files/', '../../etc/passwd'), /nothing that the archive/],
  ['has an absolute path', () => renamed('files/', '/etc/passwd'), /nothing that the archive/],
  ['has a path in a table', () => renamed('tables/tic', 'tables/../x'), /stands where tables/],
  ['has a file twice', () => tarOf([...parts, parts.at(-1)!]), /it is there twice/],
  [
    'has a file with other bytes',
    () => {
      const last = { ...parts.at(-1)!, content: Buffer.from(parts.at(-1)!.content).reverse() };
      return tarOf([...parts.slice(0, -1), last]);
    },
    /other bytes than its name says/,
  ],
  [
    'is of a later format',
    () => changed((_, manifest) => (manifest.version = 2)),
    /format version 2/,
  ],
  [
    'has an odd manifest',
    () => changed((_, manifest) => (manifest.more = 1)),
    /manifest is not one/,
  ],
  [
    'has rows of another organization',
    () => rewritten('tickets', (text) => text.replace(acme.id, globex.id)),
    /is of another organization/,
  ],
  [
    'names another organization',
    () => changed((_, { organization }) => (organization.id = globex.id)),
    /is of another organization/,
  ],
  [
    'has a row twice',
    () => rewritten('tickets', (text) => firstLine(text) + text),
    /there twice, or out/,
  ],
  [
    'has a row that is no JSON',
    () => rewritten('teams', () => '{"id":\n'),
    /not a row as archives/,
  ],
  [
    'has a member twice in a row',
    () => rewritten('teams', (text) => text.replace('{', '{"version":9,')),
    /not a row as archives/,
  ],
  [
    'has half a line',
    () => rewritten('teams', (text) => text.slice(0, -1)),
    /in the middle of a line/,
  ],
  [
    'has a huge line',
    () => rewritten('teams', () => `${'x'.repeat(9 * 1024 * 1024)}\n`),
    /longer than 8 MiB/,
  ],
  [
    'has a table that was changed',
    () =>
      changed((copy, { tables }) => {
        tables.find((each: any) => each.name === 'teams').isLeftAlone = true;
        const part = copy.find(({ name }) => name === 'tables/teams.jsonl')!;
        part.content = Buffer.from(part.content.toString().replace('plain', 'PLAIN'));
      }),
    /was changed or damaged/,
  ],
  [
    'has an unknown table',
    () =>
      changed((copy, { tables }) => {
        tables.push({ ...tables[0], name: 'outbox' });
        copy.splice(tables.length, 0, { name: 'tables/outbox.jsonl', content: Buffer.alloc(0) });
      }),
    /a table outbox, which this desk does not take/,
  ],
  [
    'has credentials',
    () =>
      changed((copy, { tables }) => {
        tables.push({ ...tables[0], name: 'api_key_secrets' });
        copy.splice(tables.length, 0, {
          name: 'tables/api_key_secrets.jsonl',
          content: Buffer.alloc(0),
        });
      }),
    /a table api_key_secrets, which/,
  ],
  [
    'has an unknown column',
    () => changed((_, { tables }) => tables[1].columns.push('password_hash')),
    /column password_hash, which/,
  ],
  [
    'has a log that was changed',
    () =>
      rewritten('ledger_events', (text) =>
        text.replace('PC LOAD', 'PC load').replace('Acme', 'Evil'),
      ),
    /breaks the chain/,
  ],
  [
    'has a log without its end',
    () => rewritten('ledger_events', (text) => firstLine(text)),
    /The log ends before/,
  ],
  [
    'has a log with a gap',
    () => rewritten('ledger_events', (text) => text.slice(firstLine(text).length)),
    /breaks the chain/,
  ],
  [
    'has no owner',
    () => rewritten('memberships', (text) => text.replaceAll('"owner"', '"admin"')),
    /no owner/,
  ],
  [
    'has a value that cannot be',
    () => rewritten('teams', (text) => text.replace('"is_default":true', '"is_default":"maybe"')),
    /teams does not fit: a value is not/,
  ],
  [
    'has a value that the product does not write',
    () =>
      rewritten('tickets', (text) => text.replace('"priority":"normal"', '"priority":"utmost"')),
    /tickets does not fit: a value is none/,
  ],
  [
    'refers to what is not there',
    () =>
      rewritten('tickets', (text) =>
        text.replace(/"merged_into_id":"[^"]+"/, `"merged_into_id":"${globex.id}"`),
      ),
    /refers to what is not in/,
  ],
];

describe('an archive that', () => {
  it.each(HOSTILE)('%s is refused, and nothing is written', async (_, make, sentence) => {
    const path = join(folder, 'hostile.tar');
    writeFileSync(path, make());

    await expect(restored(there, path)).rejects.toThrow(sentence);
    await expectNothingIn(there, acme.id);
  });

  it('is of an organization that is here never takes its place', async () => {
    await expect(restored(here, good)).rejects.toThrow(/is here already/);
    await restored(there, good);
    await expect(restored(there, good)).rejects.toThrow(/is here already/);
  });

  it('has the slug of another organization is refused', async () => {
    const path = join(folder, 'taken.tar');
    const other = await there.given.organization('Initech');
    await archived(here, globex.organization.slug, join(folder, 'globex.tar'));
    await asOwner(there.database, (client) =>
      client.query('update organizations set slug = $1 where id = $2', [
        globex.organization.slug,
        other.id,
      ]),
    );

    await expect(restored(there, join(folder, 'globex.tar'))).rejects.toThrow(
      /Another organization has the slug/,
    );
    await expect(
      archived(here, globex.organization.slug, join(folder, 'globex.tar')),
    ).rejects.toThrow(/none is overwritten/);
    expect(existsSync(path)).toBe(false);
  });
});

describe('the function that restores', () => {
  const call = (url: string, id: string): Promise<unknown> =>
    asOwner({ ...here.database, ownerUrl: url }, async (client) => {
      await client.query('begin');
      await client.query("select set_config('app.organization_id', $1, true)", [id]);
      return client.query(
        `select organization_restore('teams', array['organization_id', 'id', 'name'], $1::jsonb, false)`,
        [JSON.stringify([{ organization_id: id, id: globex.id, name: 'Planted' }])],
      );
    });

  it('is not for the tenant role', async () => {
    await expect(call(here.database.appUrl, acme.id)).rejects.toThrow(/permission denied/);
  });

  it('puts nothing into an organization that is there', async () => {
    await expect(call(here.database.systemUrl, acme.id)).rejects.toThrow(/in no other/);
  });
});
