import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newId } from '#core/context/ids.js';
import { FileCleanUp } from '../../../apps/api/src/modules/attachments/file-clean-up.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { asOwner } from '../../support/database.js';

const running = await useApp();
const { given, dataDir } = running;
const sweep = () => running.get(FileCleanUp).sweep();

function kept(organizationId: string): string[] {
  const folder = join(dataDir, 'files', organizationId);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

async function upload(by: Client, text: string): Promise<string> {
  const headers = { 'content-type': 'text/plain' };
  const answer = await by.send('POST', '/attachments', Buffer.from(text), { headers });
  return expectStatus(answer, 201).body.data.id;
}

describe('the clean-up of files', () => {
  it('forgets uploads that waited for a day, and keeps what is on a message or in a draft', async () => {
    const acme = await given.organization();
    const { owner, id } = acme;
    const ticket = await acme.ticket();
    const [sent, drafted, waiting] = [
      await upload(owner, 'sent'),
      await upload(owner, 'drafted'),
      await upload(owner, 'waiting'),
    ];
    const message = { kind: 'note', body: 'x', attachmentIds: [sent] };
    expectStatus(await owner.post(`/tickets/${ticket.id}/messages`, message), 201);
    const draft = { html: '<p>x</p>', attachmentIds: [drafted] };
    expectStatus(await owner.put(`/tickets/${ticket.id}/drafts/reply`, draft), 200);
    await sweep();
    expect(kept(id)).toHaveLength(3);
    await asOwner(running.database, (client) =>
      client.query(
        `update attachments set created_at = created_at - interval '25 hours' where organization_id = $1`,
        [id],
      ),
    );
    const late = await upload(owner, 'late');
    await sweep();
    expect(kept(id)).toHaveLength(3);
    expectStatus(await owner.post(`/attachments/${waiting}/links`), 404);
    for (const there of [sent, drafted, late])
      expectStatus(await owner.post(`/attachments/${there}/links`), 201);
    await sweep();
    expect(kept(id)).toHaveLength(3);
  });

  it('forgets bytes without a row once they are old, begun ones too', async () => {
    const { owner, id } = await given.organization();
    await upload(owner, 'kept');
    const old = `01900000${newId().slice(8)}`;
    const young = newId();
    for (const name of [old, `${old.slice(0, -1)}0.part`, young]) {
      const path = join(dataDir, 'files', id, name.slice(34, 36), name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'left');
    }
    await sweep();
    expect(kept(id)).toHaveLength(2);
    expect(kept(id)).toContain(young);
  });

  it('erases the bytes of an organization that is gone, and of none when it knows nobody', async () => {
    const { owner, id } = await given.organization();
    await upload(owner, 'kept');
    const gone = newId();
    const path = join(dataDir, 'files', gone, 'ab', `${newId().slice(0, 34)}ab`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'of an erased organization');
    await sweep();
    expect([kept(gone), kept(id).length]).toEqual([[], 1]);
  });
});
