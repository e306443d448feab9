import { afterAll, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { MailServer } from '../../support/mail-server.js';

const server = await MailServer.start();
const running = await useApp({
  worker: true,
  database: await databaseOfItsOwn('outbound_rich'),
  settings: { SMTP_URL: server.url },
});
const { given } = running;
afterAll(() => server.close());

async function upload(by: Client, bytes: Buffer, name: string): Promise<string> {
  const headers = { 'content-type': 'text/plain', 'x-file-name': encodeURIComponent(name) };
  return expectStatus(await by.send('POST', '/attachments', bytes, { headers }), 201).body.data.id;
}

describe('a reply with all that it can have', () => {
  it('goes out once, as text and HTML, to everybody, with its files', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket({
      requester: { email: 'rita@customer.example', name: 'Rita' },
    });
    const log = await upload(acme.owner, Buffer.from('line one\nline two\n'), 'Protokoll Köln.txt');
    const shot = await upload(acme.owner, Buffer.from('GIF89a not really'), 'shot.gif');
    const html = `<p>See <b>this</b>:</p><img src="cid:${shot}"><script>alert(1)</script>`;
    const reply = {
      ...{ kind: 'reply', html, attachmentIds: [log, shot] },
      ...{ cc: ['bob@customer.example', 'rita@customer.example'], bcc: ['boss@desk.example'] },
    };
    const said = expectStatus(await acme.owner.post(`/tickets/${id}/messages`, reply), 201).body
      .data;
    expect(said.attachments.map(({ name }: { name: string }) => name)).toEqual([
      'Protokoll Köln.txt',
      'shot.gif',
    ]);
    await settled(running);
    expect(server.mails).toHaveLength(1);
    const [sent] = server.mails;
    expect(sent!.to).toEqual([
      'rita@customer.example',
      'bob@customer.example',
      'boss@desk.example',
    ]);
    expect(sent!.headers.cc).toBe('bob@customer.example');
    expect(sent!.raw).not.toContain('boss@desk.example');
    expect(sent!.headers['content-type']).toMatch(/^multipart\/mixed/);
    expect(sent!.raw).toMatch(/Content-Type: multipart\/alternative/);
    expect(sent!.raw).toMatch(/<p>See <b>this<\/b>:<\/p>/);
    expect(sent!.raw).not.toContain('alert(1)');
    expect(sent!.raw).toContain(`Content-ID: <${shot}>`);
    expect(sent!.raw).toMatch(
      /filename\*0\*=utf-8''Protokoll%20K%C3%B6ln\.txt|Protokoll.*=\?UTF-8/i,
    );
    expect(sent!.raw).toContain(Buffer.from('line one\nline two\n').toString('base64'));
    const { body } = await acme.owner.get('/mailbox');
    expect(body.data[0]).toMatchObject({
      to: 'rita@customer.example',
      cc: ['bob@customer.example'],
      bcc: ['boss@desk.example'],
      status: 'sent',
    });
  });
});
