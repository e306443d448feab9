import { describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization, Integration } from '../../support/given.js';
import { AS_MAIL, sampleMail, sampleMailNames } from '../../support/mail.js';

const { given, database } = await useApp();
const names = sampleMailNames();

/** The same mail by another route: other line ends, or the very same bytes under another name. */
const SAME = {
  'attachment_pdf_lf.eml': 'attachment_pdf.eml',
  'attachment_pdf_non_ascii_lf.eml': 'attachment_pdf_non_ascii.eml',
  'basic_email_lf.eml': 'basic_email.eml',
  'raw_email12.eml': 'attachment_content_location.eml',
  'raw_email8.eml': 'attachment_with_encoded_name.eml',
};

describe('the sample mails', () => {
  it('end in one disposition each, with their raw bytes kept; a second time all are duplicates', async () => {
    const acme = await given.organization();
    const gateway = await acme.apiKey(['mail:write']);
    const first = await handInAll(gateway);

    const firsts = Object.fromEntries(first.map((taken, index) => [names[index], taken]));
    for (const [index, name] of names.entries()) {
      const same = SAME[name as keyof typeof SAME];
      const expected = same ? 'duplicate' : 'ticket';
      expect([name, first[index].disposition]).toEqual([name, expected]);
      if (same) expect(first[index].ticketId).toBe(firsts[same].ticketId);
    }
    expect(names).toHaveLength(49);
    expect(new Set(first.map(({ ticketNumber }) => ticketNumber)).size).toBe(44);

    const second = await handInAll(gateway);
    expect(second.map(({ disposition, ticketId }) => ({ disposition, ticketId }))).toEqual(
      first.map(({ ticketId }) => ({ disposition: 'duplicate', ticketId })),
    );

    const kept = await intakeOf(acme);
    expect(kept).toHaveLength(98);
    for (const [index, { id }] of [...first, ...second].entries()) {
      const row = kept.find((candidate) => candidate.id === id);
      const raw = sampleMail(names[index % 49]!);
      expect(row?.raw.equals(raw)).toBe(true);
      expect(row?.size).toBe(raw.length);
    }
    const { body } = await acme.owner.get('/tickets?limit=1');
    expect(body.total).toBe(44);
  }, 60_000);

  it('are shown with the characters that their authors wrote', async () => {
    const acme = await given.organization();
    const gateway = await acme.apiKey(['mail:write']);
    const show = async (name: string): Promise<any> => {
      const taken = await gateway.post('/inbound/mail', sampleMail(name), AS_MAIL);
      const { ticketId } = expectStatus(taken, 201).body.data;
      const ticket = (await acme.owner.get(`/tickets/${ticketId}`)).body.data;
      const { body, attachments } = (await acme.owner.get(`/tickets/${ticketId}/messages`)).body
        .data[0];
      return { ...ticket, body, attachments };
    };
    expect((await show('raw_email.eml')).subject).toBe('NOTE: 한국말로 하는 것');
    expect((await show('attachment_with_quoted_filename.eml')).subject).toBe('Eelanalüüsi päring');
    expect((await show('attachment_pdf.eml')).subject).toBe(
      'Another PDF with 🎉 Unicode chars in it 🍿',
    );
    expect((await show('raw_email_with_partially_quoted_subject.eml')).subject).toBe(
      'Re: Test: "漢字" mid "漢字" tail',
    );
    expect((await show('raw_email_bad_time.eml')).requester.name).toBe('Атиковa');
    expect((await show('raw_email_encoded_stack_level_too_deep.eml')).subject).toBe(
      'Nicolas Fouché has accepted your invitation to Gmail',
    );
    expect((await show('raw_email_trailing_dot.eml')).requester).toMatchObject({
      name: 'Sandy M.',
      email: 'noreply@rubyforge.org',
    });
    expect(await show('attachment_only_email.eml')).toMatchObject({
      body: '(no text)',
      attachments: [{ name: 'blah.gz', mediaType: 'application/octet-stream' }],
    });
  });

  it.each([
    ['utf-8', 'Grüße aus Köln — 你好 🍰', Buffer.from('Grüße aus Köln — 你好 🍰')],
    ['iso-8859-1', 'Grüße', Buffer.from('Grüße', 'latin1')],
    ['windows-1252', 'The price is €5', Buffer.from('The price is \u00805', 'latin1')],
    ['koi8-r', 'Привет', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4])],
    ['shift_jis', 'テスト', Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67])],
    ['gb18030', '中文', Buffer.from([0xd6, 0xd0, 0xce, 0xc4])],
    ['iso-2022-jp', '日本', Buffer.from('\u001b$BF|K\\\u001b(B', 'latin1')],
    ['no-such-charset', 'plain', Buffer.from('plain')],
  ])('are decoded from %s', async (charset, text, bytes) => {
    const acme = await given.organization();
    const head = `From: a@customer.example\r\nSubject: x\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`;
    const taken = await acme.owner.post(
      '/inbound/mail',
      Buffer.concat([Buffer.from(head), bytes]),
      AS_MAIL,
    );
    const { ticketId } = expectStatus(taken, 201).body.data;
    const messages = await acme.owner.get(`/tickets/${ticketId}/messages`);
    expect(messages.body.data[0].body).toBe(text);
  });
});

async function handInAll(gateway: Integration): Promise<any[]> {
  const taken = [];
  for (const name of names) {
    const answer = await gateway.post('/inbound/mail', sampleMail(name), AS_MAIL);
    taken.push(expectStatus(answer, 201).body.data);
  }
  return taken;
}

async function intakeOf({
  id,
}: GivenOrganization): Promise<{ id: string; raw: Buffer; size: number }[]> {
  return asOwner(database, async (client) => {
    const { rows } = await client.query(
      'select id, raw, size from inbound_mails where organization_id = $1',
      [id],
    );
    return rows;
  });
}
