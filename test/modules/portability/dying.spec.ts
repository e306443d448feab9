import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { newId } from '#core/context/ids.js';
import { FileCleanUp } from '#modules/attachments/file-clean-up.service.js';
import { FileStore } from '#modules/attachments/file-store.service.js';
import { startApp, useApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';
import { archived, counted, expectNothingIn, folderOfTest, furnish, restored } from './desk.js';

const here = await useApp();
const there = await startApp({ database: await databaseOfItsOwn('dying') });
afterAll(() => there.close());
const folder = await folderOfTest();
const acme = await here.given.organization();
await furnish(acme, 'plain');
const good = join(folder, 'good.tar');
await archived(here, acme.organization.slug, good);

describe('an import that dies in the middle', () => {
  it('leaves nothing when its connection does', async () => {
    // Of the role of the import, which alone may see what it does and end it.
    const system = new pg.Client({ connectionString: there.database.systemUrl });
    await system.connect();
    await asOwner(there.database, async (client) => {
      await client.query('begin');
      await client.query('lock table tickets in access exclusive mode');
      const dying = restored(there, good).then(
        () => 'restored',
        () => 'failed',
      );
      await eventually('the import waits for the table', async () => {
        const { rows } = await system.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and query like '%organization_restore%'`,
        );
        return rows.length > 0;
      });
      expect(await dying).toBe('failed');
      await client.query('rollback');
    });
    await system.end();
    await expectNothingIn(there, acme.id);
  });

  it('leaves nothing when there is no room for its files, and comes in when there is', async () => {
    const place = join(there.dataDir, 'files', acme.id);
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, 'in the way');
    await expect(restored(there, good)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(await counted(there)).toBe(0);
    rmSync(place);
    await restored(there, good);
    expect(await counted(there)).toBeGreaterThan(1);
  });
});

describe('the sweep of files', () => {
  it('leaves those of an organization that is being brought in', async () => {
    const organizationId = newId();
    const place = { organizationId, id: newId() };
    const store = there.get(FileStore);
    const sweep = (): Promise<boolean> => there.get(FileCleanUp).sweep();
    const isKept = async (): Promise<boolean> => {
      for await (const id of store.list(organizationId)) if (id === place.id) return true;
      return false;
    };
    const client = new pg.Client({ connectionString: there.database.systemUrl });
    await client.connect();
    await client.query('begin');
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    await client.query(
      "select pg_advisory_xact_lock(hashtextextended('files ' || current_setting('app.organization_id'), 0))",
    );
    await store.put(place, Readable.from([Buffer.from('bytes')]));

    await sweep();
    expect(await isKept()).toBe(true);
    await client.query('rollback');
    await client.end();
    await sweep();
    expect(await isKept()).toBe(false);
  });
});
