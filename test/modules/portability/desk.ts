import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInContext } from '#core/context/context.js';
import { ArchiveCommands } from '#modules/portability/archive-commands.service.js';
import { tarEnd, tarHeader, tarPadding } from '#modules/portability/tar.js';
import { tarEntries } from '#modules/portability/tar-reading.js';
import type { RunningApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { expectStatus } from '../../support/as.js';
import type { GivenOrganization } from '../../support/given.js';
import { AS_MAIL, mail } from '../../support/mail.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** A folder that is gone when the file is done. */
export async function folderOfTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manydesk-archive-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts one of nearly everything into an organization, each text with `mark` in it. */
export async function furnish(of: GivenOrganization, mark: string): Promise<void> {
  const { owner } = of;
  const made = async (path: string, body: unknown): Promise<any> =>
    expectStatus(await owner.post(path, body), 201).body.data;
  const unsorted = await of.ticket({ subject: `Unsorted ${mark}` });
  const team = await made('/teams', { name: `Team ${mark}` });
  await owner.patch(`/teams/${team.id}`, { isDefault: true });
  await made('/roles', { name: `Role ${mark}`, permissions: ['tickets:read'] });
  await made('/canned-replies', {
    name: `Reply ${mark}`,
    body: 'Hello',
    html: '<p>Hello</p>',
  }).catch(() => undefined);
  await of.apiKey(['tickets:read', 'tickets:write'], { name: `Key ${mark}` });
  await made('/webhook-endpoints', { url: 'https://hooks.example/in', description: mark });
  const company = await made('/companies', { name: `Company ${mark}` });
  const [rita, robert] = [
    await made('/customers', { email: `rita@${mark}.example`, companyId: company.id, notes: mark }),
    await made('/customers', { email: `robert@${mark}.example` }),
  ];
  await made(`/customers/${rita.id}/merges`, { customerId: robert.id });
  const upload = await owner.send('POST', '/attachments', Buffer.concat([PNG, Buffer.from(mark)]), {
    headers: { 'content-type': 'image/png', 'x-file-name': `${mark}.png` },
  });
  const attachmentIds = [expectStatus(upload, 201).body.data.id];
  await made(`/tickets/${unsorted.id}/messages`, {
    kind: 'reply',
    body: `Re ${mark}`,
    attachmentIds,
  });
  const doubled = await of.ticket({ subject: `Double ${mark}`, tags: ['vip', mark] });
  await made(`/tickets/${unsorted.id}/merges`, { ticketIds: [doubled.id] });
  await of.message(unsorted.id, 'note', `Between us, ${mark}`);
  const text = mail({ Subject: `By mail ${mark}` }, `Words ${mark}`);
  expectStatus(await owner.send('POST', '/inbound/mail', text, AS_MAIL), 201);
  await owner.put('/organization/logo', PNG, { headers: { 'content-type': 'image/png' } });
}

/** Writes the archive of an organization. */
export function archived(running: RunningApp, slug: string, path: string): Promise<true | null> {
  return runInContext({ requestId: 'test' }, () =>
    running.get(ArchiveCommands).export(slug, path, () => undefined),
  );
}

/** Brings an archive in. */
export function restored(running: RunningApp, path: string) {
  return runInContext({ requestId: 'test' }, () =>
    running.get(ArchiveCommands).import(path, () => undefined),
  );
}

/** A file of an archive. */
export interface Part {
  name: string;
  content: Buffer;
}

/** Organizations and persons that a deployment has. */
export async function counted({ database }: RunningApp): Promise<number> {
  const query =
    'select count(*)::int as n from (select id from organizations union all select id from identities) x';
  return asOwner(database, async (client) => (await client.query(query)).rows[0].n);
}

/** Expects that a deployment which had nobody has nobody, and no file of the organization. */
export async function expectNothingIn(there: RunningApp, organizationId: string): Promise<void> {
  expect(await counted(there)).toBe(0);
  expect(existsSync(join(there.dataDir, 'files', organizationId))).toBe(false);
}

/** What is in an archive, in order. */
export async function partsOf(path: string): Promise<Part[]> {
  const parts: Part[] = [];
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield readFileSync(path);
  };
  for await (const { name, content } of tarEntries(whole())) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    parts.push({ name, content: Buffer.concat(chunks) });
  }
  return parts;
}

/** The bytes of an archive of these parts. */
export function tarOf(parts: readonly Part[]): Buffer {
  const blocks = parts.flatMap(({ name, content }) => [
    tarHeader({ name, size: content.length }),
    content,
    tarPadding(content.length),
  ]);
  return Buffer.concat([...blocks, tarEnd()]);
}

/** The rows of a table of an archive. */
export function rowsIn(parts: readonly Part[], table: string): any[] {
  const text = parts.find(({ name }) => name === `tables/${table}.jsonl`)!.content.toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
