import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseMail } from './parse-mail.js';

const folder = new URL('../../../../../../test/fixtures/mail/', import.meta.url);
const parse = (file: string) => parseMail(readFileSync(new URL(file, folder)));

const korean = '대부분의 마찬가지로, 우리는 하나님을 믿습니다.\n\n제 이름은 Jamis입니다.';
const aboutPdf =
  'Just attaching another PDF, here, to see what the message looks like,\n' +
  'and to see if I can figure out what is going wrong here.';
const waving = 'Test test. Hi. Waving. m\n\n---';
const outlook = 'Hello\nThis is an outlook test\n\nSo there.\n\nMe.';
const first = 'This is the first part.';
const vcards = 'We should not include these files or vcards as attachments.\n\n----------';
const parties = '🎉 Unicode chars in it 🍿';

/** File, sender, subject, beginning of the text, attachments: each read in the file by eye. */
const samples: [string, string, string | null, string, string[]][] = [
  ['attachment_content_disposition', 'foo@example.com', 'testing', first, ['api.rb']],
  ['attachment_content_location', 'foo@example.com', 'testing', first, ['image/jpeg']],
  ['attachment_message_rfc822', 'foo@example.com', 'testing', first, ['ForwardedMessage.eml']],
  [
    'attachment_message_rfc822_inline_image',
    'test@example.com',
    'test',
    '',
    ['img.png', 'Testmail.eml'],
  ],
  ['attachment_nonascii_filename', 'foo@example.com', 'testing', first, ['ciële.txt']],
  [
    'attachment_only_email',
    'rfinnie@domain.dom',
    'this message JUST contains an attachment',
    '',
    ['blah.gz'],
  ],
  ['attachment_pdf', 'xxxx@xxxx.com', `Another PDF with ${parties}`, aboutPdf, ['broken.pdf']],
  ['attachment_pdf_lf', 'xxxx@xxxx.com', `Another PDF with ${parties}`, aboutPdf, ['broken.pdf']],
  [
    'attachment_pdf_non_ascii',
    'xxxx@xxxx.com',
    `Another PDF with ${parties}`,
    `${aboutPdf}    Ã`,
    ['broken.pdf'],
  ],
  [
    'attachment_pdf_non_ascii_lf',
    'xxxx@xxxx.com',
    `Another PDF with ${parties}`,
    `${aboutPdf}    Ã`,
    ['broken.pdf'],
  ],
  [
    'attachment_with_base64_encoded_name',
    'xxxxxxxxx.xxxxxxx@gmail.com',
    'Fwd: Signed email causes file attachments',
    vcards,
    ['This is a test.pdf'],
  ],
  [
    'attachment_with_encoded_name',
    'xxxxxxxxx.xxxxxxx@gmail.com',
    'Fwd: Signed email causes file attachments',
    vcards,
    ['01 Quien Te Dijjat. Pitbull.mp3'],
  ],
  [
    'attachment_with_quoted_filename',
    'jeff@37signals.com',
    'Eelanalüüsi päring',
    '',
    ['Eelanalüüsi päring.jpg'],
  ],
  ['attachment_with_unquoted_name', 'foo@example.com', 'testing', first, ['This is a test.txt']],
  [
    'basic_email',
    'test@lindsaar.net',
    'Testing 123',
    'Plain email.\n\nHope it works well!\n\nMikel',
    [],
  ],
  [
    'basic_email_lf',
    'test@lindsaar.net',
    'Testing 123',
    'Plain email.\n\nHope it works well!\n\nMikel',
    [],
  ],
  ['email_with_similar_boundaries', 'xxxxxx@xxxxxxxx.xxx', 'Xxxxxx', 'Test', ['LOGO.png']],
  ['mix_caps_content_type', 'bb@bug.com', 'undef method parameter bug', 'foo bar', []],
  ['raw_email', 'jamis@37signals.com', 'NOTE: 한국말로 하는 것', korean, []],
  ['raw_email10', 'xxx@xxxx.xxx', null, waving, []],
  ['raw_email11', 'xxxxx@xxxxx', 'worse when you use them.', 'XXXXX Xxxxx', ['text/enriched']],
  ['raw_email12', 'foo@example.com', 'testing', first, ['image/jpeg']],
  [
    'raw_email2',
    'xxxxxxxxx.xxxxxxx@gmail.com',
    'Fwd: Signed email causes file attachments',
    vcards,
    ['smime.p7s'],
  ],
  ['raw_email4', 'xxx@xxxx.xxx', 'Filth', 'Some text\n\n\n--\nThis Orange Multi Media Message', []],
  ['raw_email5', 'xxx@xxxx.xxx', null, waving, []],
  ['raw_email6', 'xxx@xxxx.xxx', null, waving, []],
  ['raw_email7', 'foo@example.com', 'testing', first, ['test.rb', 'test.pdf', 'smime.p7s']],
  [
    'raw_email8',
    'xxxxxxxxx.xxxxxxx@gmail.com',
    'Fwd: Signed email causes file attachments',
    vcards,
    ['01 Quien Te Dijjat. Pitbull.mp3'],
  ],
  [
    'raw_email_bad_time',
    'yusuf75thu@auracom.net',
    '[0]: XXXXXXX XXXXX XXXXX !',
    'Filter2: This message has been scanned',
    [],
  ],
  ['raw_email_double_at_in_header', 'jamis@37signals.com', 'NOTE: 한국말로 하는 것', korean, []],
  [
    'raw_email_encoded_stack_level_too_deep',
    'gmail-noreply@google.com',
    'Nicolas Fouché has accepted your invitation to Gmail',
    'Nicolas Fouché has accepted your invitation to Gmail and has chosen',
    [],
  ],
  [
    'raw_email_incorrect_header',
    'xxx@xxx.xxx',
    'Stop adware/spyware once and for all.',
    'You are infected with: \nAd Ware and Spy Ware',
    [],
  ],
  [
    'raw_email_multiple_from',
    'tim@powerupdev.com',
    '/home/svn/public/minebox revision 214',
    '<p><b>recordkick</b> 2007-10-22',
    [],
  ],
  [
    'raw_email_quoted_with_0d0a',
    'foo@example.com',
    'testing',
    "A fax has arrived from remote ID ''.\n-----",
    [],
  ],
  ['raw_email_reply', 'xxxxxxxx@xxx.org', 'Re: Test reply email', 'Message body', []],
  ['raw_email_simple', 'mikel@nowhere.com', 'Testing outlook', 'Hello Mikel', []],
  ['raw_email_string_in_date_field', 'mikel@me.com', 'NOTE: 한국말로 하는 것', korean, []],
  [
    'raw_email_trailing_dot',
    'noreply@rubyforge.org',
    '[skynet-help][60666] How are intermediate files handled in SkyNet?',
    'Testing, testing, 123.',
    [],
  ],
  [
    'raw_email_with_at_display_name',
    'test@lindsaar.net',
    'Testing 123',
    'Plain email.\n\nHope it works well!\n\nMikel',
    [],
  ],
  [
    'raw_email_with_bad_date',
    'subventive@vodtravel.com',
    'Microsoft Vlsta & Office2007, Just released for 79$ Save 1599.95$ 0ff Retai|',
    'hotnewsoft . com',
    [],
  ],
  [
    'raw_email_with_binary_encoded',
    'email_test@me.nowhere',
    'Testing outlook',
    '',
    ['2013-08-13_19-08-28-1.jpg'],
  ],
  ['raw_email_with_illegal_boundary', 'email_test@me.nowhere', 'Testing outlook', outlook, []],
  [
    'raw_email_with_mimepart_without_content_type',
    'mailer-daemon@antivirus.uqam.ca',
    'Warning: could not send message for past 1 day',
    '    ******',
    ['message/rfc822'],
  ],
  [
    'raw_email_with_multipart_mixed_quoted_boundary',
    'email_test@me.nowhere',
    'Testing outlook',
    aboutPdf,
    ['broken.pdf'],
  ],
  [
    'raw_email_with_nested_attachment',
    'jamis@37signals.com',
    'Testing attachments',
    'Here is a test of an attachment via email.\n\n- Jamis',
    ['truncated.png', 'smime.p7s'],
  ],
  [
    'raw_email_with_partially_quoted_subject',
    'jamis@37signals.com',
    'Re: Test: "漢字" mid "漢字" tail',
    korean,
    [],
  ],
  [
    'raw_email_with_quoted_illegal_boundary',
    'email_test@me.nowhere',
    'Testing outlook',
    outlook,
    [],
  ],
  [
    'sig_only_email',
    'test@test.lindsaar.net',
    'Re: Testing multipart/signed',
    'This is random text, not what has been signed below',
    ['signature.asc'],
  ],
  [
    'two_from_in_message',
    'tester1@test.com',
    'Sending messages include last little bit',
    'When sending email:\n* From Hotmail you get the ads as well.',
    [],
  ],
];

describe('the sample mails', () => {
  it('are all in the table', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.eml'));
    expect(samples.map(([file]) => `${file}.eml`)).toEqual(files.sort());
    expect(files).toHaveLength(49);
  });

  it.each(samples)('%s', async (file, from, subject, text, attachments) => {
    const mail = await parse(`${file}.eml`);
    expect(mail.from?.email).toBe(from);
    expect(mail.senderField).toBe('from');
    expect(mail.subject).toBe(subject);
    expect(mail.text.slice(0, text.length)).toBe(text);
    expect(mail.text === '').toBe(text === '');
    expect(mail.attachments.map((one) => one.fileName ?? one.contentType)).toEqual(attachments);
    expect(mail.bodyProblem).toBeNull();
  });

  it('are shown in HTML without anything that runs, loads or leaves its place', async () => {
    let shown = 0;
    for (const [file] of samples) {
      const { html, htmlQuote, attachments } = await parse(`${file}.eml`);
      expect(attachments.map(({ content }) => content.length)).toEqual(
        attachments.map(({ size }) => size),
      );
      if (html === null) continue;
      shown += 1;
      const all = `${html} ${htmlQuote ?? ''}`;
      expect(all).not.toMatch(/<(?:script|style|link|meta|base|form|input|iframe|object|svg)\b/i);
      expect(all).not.toMatch(
        /<[^>]+ (?:on\w+|background|class|id|srcset)=|url\(|javascript:|position:/i,
      );
      expect(all).not.toMatch(/<img [^>]*\bsrc="(?!cid:|data:image\/)/);
    }
    expect(shown).toBeGreaterThan(3);
  });
});
