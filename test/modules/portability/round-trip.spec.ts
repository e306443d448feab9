import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { archived, folderOfTest, furnish, partsOf, restored, rowsIn } from './desk.js';

const here = await useApp();
const there = await startApp({ database: await databaseOfItsOwn('elsewhere') });
afterAll(() => there.close());
const folder = await folderOfTest();

const acme = await here.given.organization();
const globex = await here.given.organization('Globex canary');
await furnish(acme, 'plain');
await furnish(globex, 'canary');
const { slug } = acme.organization;
const first = join(folder, 'first.tar');
await archived(here, slug, first);

describe('an archive of an organization', () => {
  it('is a tar with a manifest, which any tar reads', async () => {
    const names = execFileSync('tar', ['-tf', first]).toString().trim().split('\n');
    const manifest = JSON.parse((await partsOf(first))[0]!.content.toString());

    expect(names.slice(0, 2)).toEqual(['manifest.json', 'tables/organizations.jsonl']);
    expect(names.filter((name) => name.startsWith('files/'))).toHaveLength(1);
    expect(manifest).toMatchObject({ format: 'manydesk-organization', version: 1 });
    expect(manifest.organization).toEqual({ id: acme.id, slug, name: acme.organization.name });
    expect(Object.keys(manifest.leftOut)).toEqual(expect.arrayContaining(['api_key_secrets']));
    expect(statSync(first).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['first.tar']);
    expect(readdirSync(here.dataDir).filter((name) => name.startsWith('archive-'))).toEqual([]);
  });

  it('has every row that the organization has, and no byte of another one', async () => {
    const parts = await partsOf(first);
    const manifest = JSON.parse(parts[0]!.content.toString());
    for (const { name, rows } of manifest.tables) {
      const column = name === 'organizations' ? 'id' : 'organization_id';
      const found = await asOwner(here.database, (client) =>
        client.query(`select count(*)::int as n from ${name} where ${column} = $1`, [acme.id]),
      );
      // That the archive was written is recorded after it.
      const after = name === 'ledger_events' ? 1 : 0;
      expect([name, rows + after]).toEqual([name, found.rows[0].n]);
      for (const row of rowsIn(parts, name)) expect(row[column]).toBe(acme.id);
    }
    const bytes = readFileSync(first).toString('latin1');
    for (const foreign of ['canary', globex.id, globex.owner.user.email])
      expect([foreign, bytes.includes(foreign)]).toEqual([foreign, false]);
    for (const secret of ['argon2', 'password_hash', 'secret_hash'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  });

  it('brings the organization in elsewhere, of which an archive is the same file', async () => {
    const done = await restored(there, first);
    const second = join(folder, 'second.tar');
    await archived(there, slug, second);

    expect(done.organization.id).toBe(acme.id);
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
  });

  it('brings a log whose chain holds, a working desk, and no work to be done', async () => {
    const rows = async (text: string): Promise<any> =>
      (await asOwner(there.database, (client) => client.query(text))).rows[0];
    expect(await rows('select count(*)::int as n from outbox')).toEqual({ n: 1 });
    expect(await rows('select count(*)::int as n from account_mails')).toEqual({ n: 0 });
    expect(await rows('select is_enabled, waiting from webhook_endpoints')).toEqual({
      ...{ is_enabled: false, waiting: 0 },
    });
    expect(await rows('select password_hash from identities limit 1')).toEqual({
      password_hash: null,
    });
  });

  it('lets its people in who have proved their address, to all that was there', async () => {
    const email = acme.owner.user.email;
    const hash = await hashHere(email);
    await asOwner(there.database, (client) =>
      client.query(
        `update identities set password_hash = $1, email_verified_at = now() where email = $2`,
        [hash, email],
      ),
    );
    const session = await there
      .as(null)
      .post('/auth/sessions', { email, password: 'correct horse battery' });
    const owner = there.as(expectStatus(session, 201).body.data.accessToken);

    expect((await owner.get('/audit/verification')).body.data).toMatchObject({
      ...{ valid: true, complete: true },
    });
    const [theirs, ours] = [await owner.get('/tickets'), await acme.owner.get('/tickets')];
    expect(theirs.body.data).toEqual(ours.body.data);
    expect((await owner.get('/search?q=Unsorted')).body.data).toHaveLength(1);
    const numbers = ours.body.data.map(({ number }: { number: number }) => number);
    const made = await owner.post('/tickets', {
      ...{ subject: 'New', body: 'Words' },
      requester: { email: 'new@customer.example' },
    });
    expect(expectStatus(made, 201).body.data.number).toBe(Math.max(...numbers) + 1);
  });
});

async function hashHere(email: string): Promise<string> {
  const { rows } = await asOwner(here.database, (client) =>
    client.query('select password_hash from identities where email = $1', [email]),
  );
  return rows[0].password_hash;
}
