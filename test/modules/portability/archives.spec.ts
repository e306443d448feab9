import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { archived, folderOfTest, furnish, partsOf, rowsIn } from './desk.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('archives') });
const { given, clock, as, database } = running;
const folder = await folderOfTest();
const DAY = 24 * 3_600_000;

async function made(client: Client): Promise<any> {
  const asked = expectStatus(await client.post('/organization/archives'), 201).body.data;
  expect(asked).toMatchObject({ status: 'queued', done: 0, problem: null });
  await settled(running);
  return (await client.get(`/organization/archives/${asked.id}`)).body.data;
}

const linkTo = async (client: Client, id: string): Promise<string> =>
  expectStatus(await client.post(`/organization/archives/${id}/links`), 201).body.data.url;

describe('an archive that an owner asks for', () => {
  it('holds what the operator’s holds, and is fetched by a link', async () => {
    const acme = await given.organization();
    await furnish(acme, 'plain');
    await settled(running);
    const archive = await made(acme.owner);

    expect(archive).toMatchObject({ status: 'done', done: archive.total });
    expect(Date.parse(archive.expiresAt) - Date.parse(archive.finishedAt)).toBe(7 * DAY);
    const url = await linkTo(acme.owner, archive.id);
    const answer = await running.app.inject({ url });
    expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([
      ...[200, expect.stringMatching(/^attachment;.*organization-.*\.tar/)],
    ]);
    const path = join(folder, 'fetched.tar');
    writeFileSync(path, answer.rawPayload);
    const rows = rowsIn(await partsOf(path), 'tickets');
    expect(rows.every((row) => row.organization_id === acme.id)).toBe(true);

    await archived(running, acme.organization.slug, join(folder, 'cli.tar'));
    const theirs = rowsIn(await partsOf(join(folder, 'cli.tar')), 'messages');
    expect(rowsIn(await partsOf(path), 'messages')).toEqual(theirs);
    expect(readFileSync(path).includes('exports.jsonl')).toBe(false);
    const types = (await acme.events()).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('organization.arch'))).toEqual([
      ...['organization.archive_requested', 'organization.archived', 'organization.archived'],
    ]);
  });

  it('is for owners, in their organization alone', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    const archive = await made(acme.owner);

    for (const role of ['admin', 'agent', 'viewer'] as const) {
      const person = await acme.user(role);
      expect((await person.get('/organization/archives')).status).toBe(403);
      expect((await person.post('/organization/archives')).status).toBe(403);
      expect((await person.post(`/organization/archives/${archive.id}/links`)).status).toBe(403);
    }
    for (const [method, path] of [
      ['GET', archive.id],
      ['POST', `${archive.id}/links`],
    ] as const) {
      const foreign = await globex.owner.send(method, `/organization/archives/${path}`);
      expect([foreign.status, foreign.body.error.code]).toEqual([404, 'archive.not_found']);
    }
    expect((await globex.owner.get('/organization/archives')).body.data).toEqual([]);
    expect((await acme.owner.get('/exports')).body.data).toEqual([]);
    expect((await acme.owner.get(`/exports/${archive.id}`)).status).toBe(404);
  });

  it('is one at a time and three in all, and does not fill the storage', async () => {
    const { owner, id } = await given.organization();
    await owner.post('/organization/archives');
    const second = await owner.post('/organization/archives');
    expect([second.status, second.body.error.code]).toEqual([409, 'archive.too_many']);
    await settled(running);
    await made(owner);
    await made(owner);
    expect((await owner.post('/organization/archives')).body.error.code).toBe('archive.too_many');
    const { rows } = await asOwner(database, (client) =>
      client.query('select count(*)::int as n from files where organization_id = $1', [id]),
    );
    expect(rows[0].n).toBe(3);
  });

  it('expires', async () => {
    const key = await (await given.organization()).apiKey(['organization:export']);
    const archive = await made(key);
    expect((await as(null).get(await linkTo(key, archive.id))).status).toBe(200);
    clock.advance(7 * DAY + 1);
    const answer = await key.post(`/organization/archives/${archive.id}/links`);
    expect([answer.status, answer.body.error.code]).toEqual([409, 'archive.expired']);
    clock.reset();
  });

  it('is not fetched by whoever may not have it any more', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['organization:export']);
    const archive = await made(key);
    const url = await linkTo(key, archive.id);
    await acme.owner.delete(`/api-keys/${key.key.id}`);
    expect((await as(null).get(url)).status).toBe(404);
  });
});
