import { describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { AS_MAIL, mail, sampleMail } from '../../support/mail.js';

const { given, as } = await useApp({ settings: { ATTACHMENTS_PER_ORGANIZATION_MB: '1' } });

async function handIn(by: Client, raw: string | Buffer): Promise<{ ticketId: string; said: any }> {
  const taken = expectStatus(await by.post('/inbound/mail', raw, AS_MAIL), 201).body.data;
  const { body } = await by.get(`/tickets/${taken.ticketId}/messages?limit=100`);
  return { ...taken, said: body.data.at(-1) };
}

async function fetchFile(by: Client, id: string): Promise<string> {
  const { url } = expectStatus(await by.post(`/attachments/${id}/links`), 201).body.data;
  return expectStatus(await as(null).get(url), 200).text;
}

const html = (body: string, headers: Record<string, string> = {}): string =>
  mail({ ...headers, 'Content-Type': 'text/html; charset=utf-8' }, body);

describe('a mail with files', () => {
  it.each([
    ['attachment_pdf.eml', [['broken.pdf', 'application/pdf']]],
    ['attachment_nonascii_filename.eml', [['ciële.txt', expect.any(String)]]],
    ['attachment_message_rfc822.eml', [['ForwardedMessage.eml', 'text/plain']]],
    ['attachment_with_quoted_filename.eml', [['Eelanalüüsi päring.jpg', expect.any(String)]]],
  ])('%s leaves them on its message', async (name, files) => {
    const { owner } = await given.organization();
    const { said } = await handIn(owner, sampleMail(name));
    expect(said.body).not.toContain('[Attachment');
    expect(said.attachments.map((file: any) => [file.name, file.mediaType])).toEqual(files);
    for (const { id, size } of said.attachments)
      expect((await fetchFile(owner, id)).length).toBeLessThanOrEqual(size);
  });

  it('shows its pictures where the HTML does', async () => {
    const { owner } = await given.organization();
    const parts = [
      ['text/html', '', '<p>Look:</p><img src="cid:shot@x"><img src="https://t.example/p.gif">'],
      ['image/png; name="shot.png"', 'Content-ID: <shot@x>', 'not really a picture'],
      ['text/plain; name="../../log.txt"', 'Content-Disposition: attachment', 'a log'],
    ].map(
      ([type, more, text]) => `--b\nContent-Type: ${type}\n${more ? `${more}\n` : ''}\n${text}\n`,
    );
    const raw = mail({ 'Content-Type': 'multipart/related; boundary=b' }, `${parts.join('')}--b--`);
    const { said } = await handIn(owner, raw);
    expect(said.html).toBe(
      '<p>Look:</p><img src="cid:shot@x" /><img data-remote-src="https://t.example/p.gif" />',
    );
    expect(said.attachments).toEqual([
      expect.objectContaining({
        name: 'shot.png',
        contentId: 'shot@x',
        inline: true,
        mediaType: 'text/plain',
      }),
      expect.objectContaining({
        name: expect.stringMatching(/log\.txt$/),
        inline: false,
        contentId: null,
      }),
    ]);
    expect(said.attachments[1].name).not.toMatch(/[/\\]/);
    expect(await fetchFile(owner, said.attachments[1].id)).toContain('a log');
  });

  it('is taken when there is no room for its files, and says so', async () => {
    const { owner } = await given.organization();
    const big = Buffer.alloc(1_100_000, 'x').toString('base64').replace(/.{76}/g, '$&\n');
    const part = `--b\nContent-Type: text/plain\n\nSee the file.\n--b\nContent-Type: application/pdf; name=big.pdf\nContent-Transfer-Encoding: base64\n\n${big}\n--b--`;
    const { said } = await handIn(
      owner,
      mail({ 'Content-Type': 'multipart/mixed; boundary=b' }, part),
    );
    expect(said.attachments).toEqual([]);
    expect(said.body).toBe(
      'See the file.\n[Attachment not kept, the storage is full: big.pdf, 1100000 bytes]',
    );
  }, 60_000);

  it('keeps no bytes twice when it comes twice', async () => {
    const acme = await given.organization();
    const raw = sampleMail('attachment_pdf.eml');
    const first = await handIn(acme.owner, raw);
    const second = await handIn(acme.owner, raw);
    expect(second).toMatchObject({ disposition: 'duplicate', ticketId: first.ticketId });
    expect(second.said.attachments).toEqual(first.said.attachments);
  });
});

describe('a mail in HTML', () => {
  it('is shown without anything that runs or loads, with its history folded', async () => {
    const { owner } = await given.organization();
    const { said } = await handIn(
      owner,
      html(
        '<p onclick="x()">New <b>words</b></p><script>alert(1)</script>' +
          '<div class="gmail_quote"><div>On Mon, Ann wrote:</div><blockquote>Old words</blockquote></div>',
      ),
    );
    expect(said.html).toBe('<p>New <b>words</b></p>');
    expect(said.quote).toContain('Old words');
    expect(said.body).toContain('New words');
  });

  it('in plain text has its history folded too', async () => {
    const { owner } = await given.organization();
    const { said } = await handIn(
      owner,
      mail(
        {},
        'New words\n\nOn Mon, 5 Jan 2026 at 10:00, Ann <ann@x.example> wrote:\n> Old words\n> More',
      ),
    );
    expect(said).toMatchObject({ body: 'New words', html: null });
    expect(said.quote).toMatch(/^On Mon.*\n> Old words\n> More$/s);
  });
});

describe('copies', () => {
  it('of a mail are those of the ticket, without addresses of the desk, and may answer', async () => {
    const { owner } = await given.organization();
    const id = '<first@customer.example>';
    const cc =
      'Bob <bob@customer.example>, reply+x@desk.example, RITA@customer.example, carol@x.example';
    const first = await handIn(owner, mail({ 'Message-ID': id, Cc: cc }));
    expect(first.said.cc).toEqual(['bob@customer.example', 'carol@x.example']);
    const ticket = () => owner.get(`/tickets/${first.ticketId}`).then(({ body }) => body.data);
    expect((await ticket()).cc).toEqual(['bob@customer.example', 'carol@x.example']);
    const answer = { From: 'bob@customer.example', 'In-Reply-To': id, Cc: 'dave@x.example' };
    const second = await handIn(owner, mail(answer, 'Me too.'));
    expect(second).toMatchObject({ disposition: 'reply', ticketId: first.ticketId });
    expect((await ticket()).cc).toEqual([
      'bob@customer.example',
      'carol@x.example',
      'dave@x.example',
    ]);
    const stranger = { From: 'eve@evil.example', 'In-Reply-To': id };
    expect((await handIn(owner, mail(stranger))).ticketId).not.toBe(first.ticketId);
    const machine = {
      From: 'carol@x.example',
      'In-Reply-To': id,
      Cc: 'list@x.example',
      'Auto-Submitted': 'auto-replied',
    };
    expect((await handIn(owner, mail(machine))).ticketId).toBe(first.ticketId);
    expect((await ticket()).cc).not.toContain('list@x.example');
  });
});

describe('a mail to a ticket that was merged', () => {
  it('goes to the end of the merges', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const id = '<merged@customer.example>';
    const { ticketId } = await handIn(owner, mail({ 'Message-ID': id }));
    const middle = await acme.ticket({ requester: { email: 'rita@customer.example' } });
    const last = await acme.ticket({ requester: { email: 'rita@customer.example' } });
    for (const [into, from] of [
      [middle.id, ticketId],
      [last.id, middle.id],
    ])
      expectStatus(await owner.post(`/tickets/${into}/merges`, { ticketIds: [from] }), 201);
    const answer = await handIn(owner, mail({ 'In-Reply-To': id }, 'Any news?'));
    expect(answer).toMatchObject({ disposition: 'reply', ticketId: last.id });
    expect(answer.said).toMatchObject({ ticketId: last.id, body: 'Any news?' });
  });
});
