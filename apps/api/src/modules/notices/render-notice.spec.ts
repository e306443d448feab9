import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import type { NoticeMessage } from './messages/form.js';
import { languageOf, NOTICE_LANGUAGES } from './messages/languages.js';
import { NOTICE_ENTRIES, NOTICE_KINDS, type NoticeKind } from './notice-kinds.js';
import { OWN_LETTERHEAD, renderNotice } from './render-notice.js';

const kinds = Object.keys(NOTICE_KINDS) as NoticeKind[];
const options = {
  locale: 'en',
  letterhead: OWN_LETTERHEAD,
  link: 'https://desk.example/x?token=1',
};

interface Part {
  type: number;
  value?: string;
  options?: Record<string, { value: Part[] }>;
}

/** What is put into a sentence, also into a choice within it. Type 0 is plain text. */
function namesIn(message: string): string[] {
  const namesOf = (parts: Part[]): string[] =>
    parts.flatMap(({ type, value, options }) => [
      ...(type === 0 || value === undefined ? [] : [value]),
      ...Object.values(options ?? {}).flatMap((option) => namesOf(option.value)),
    ]);
  return namesOf(new IntlMessageFormat(message, 'en').getAst() as Part[]);
}

const sentences = ({ subject, lines, button }: NoticeMessage): string[] => [
  subject,
  ...lines,
  ...(button === undefined ? [] : [button]),
];

describe('the languages of notices', () => {
  it.each(NOTICE_LANGUAGES)('%s says every kind with the names it has, and parses', (language) => {
    const { messages, code } = languageOf(language);
    expect(code).toBe(language);
    for (const kind of kinds) {
      const english = languageOf('en').messages[kind];
      expect([kind, messages[kind].lines.length]).toEqual([kind, english.lines.length]);
      expect([kind, messages[kind].button === undefined]).toEqual([
        kind,
        english.button === undefined,
      ]);
      for (const sentence of sentences(messages[kind])) {
        expect(() => new IntlMessageFormat(sentence, language)).not.toThrow();
        expect(NOTICE_KINDS[kind]).toEqual(expect.arrayContaining(namesIn(sentence)));
      }
    }
  });

  it.each(NOTICE_LANGUAGES)('%s says every line of a digest with the names it has', (language) => {
    const { entries } = languageOf(language).messages;
    for (const [says, names] of Object.entries(NOTICE_ENTRIES)) {
      const sentence = entries[says as keyof typeof NOTICE_ENTRIES];
      expect(() => new IntlMessageFormat(sentence, language)).not.toThrow();
      expect(names).toEqual(expect.arrayContaining(namesIn(sentence)));
    }
  });

  it('fall back to English, region or not', () => {
    expect(languageOf('ar-EG').code).toBe('ar');
    expect(languageOf('xx').code).toBe('en');
    expect(languageOf('constructor').code).toBe('en');
  });
});

describe('a notice', () => {
  it('writes the same in text and HTML, with its link in both', () => {
    const values = { organization: 'Acme & Sons', inviter: 'Olga', role: 'agent', days: 7 };
    const { subject, text, html } = renderNotice('invitation', { values }, options);
    expect(subject).toBe('You are invited to Acme & Sons');
    expect(text).toContain('Olga invites you to the desk of Acme & Sons, as agent.');
    expect(text).toContain('good for 7 days');
    expect(text).toContain('https://desk.example/x?token=1');
    expect(html).toContain('Acme &amp; Sons');
    expect(html).toContain('href="https://desk.example/x?token=1"');
    expect(html).toContain('dir="ltr"');
  });

  it('carries nobody’s advertisement, markup or line breaks in a name', () => {
    for (const organization of [
      'Win at https://evil.example',
      'www.evil.example',
      'evil.example now',
      'write to me@evil.example',
    ]) {
      const values = { organization, inviter: 'A\r\nBcc: x', role: '<b>r</b>', days: 1 };
      const { subject, text, html } = renderNotice('invitation', { values }, options);
      expect(`${subject}${text}${html}`).not.toContain('evil');
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('A Bcc: x invites');
      expect(html).not.toContain('<b>r</b>');
    }
    const long = { organization: 'x'.repeat(500), inviter: 'I', role: 'r', days: 1 };
    expect(renderNotice('invitation', { values: long }, options).subject.length).toBeLessThan(120);
  });

  it('is right to left in Arabic and writes times out in its language', () => {
    const values = { name: 'Ada', time: '2026-03-01T10:00:00.000Z', device: 'Firefox on Linux' };
    const { text, html } = renderNotice(
      'password_changed',
      { values },
      { ...options, locale: 'ar' },
    );
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(text).toContain('UTC');
    expect(text).not.toContain('2026-03-01T');
  });

  it('has the lines of a digest, each with its link, and the way to end such mails', () => {
    const values = { name: 'Ada', organization: 'Acme', count: 3 };
    const line = { actor: 'john.smith', number: 7, subject: '<b>Fire</b> & co', count: 2 };
    const { subject, text, html } = renderNotice(
      'notification_digest',
      {
        values,
        entries: [{ says: 'customer_replied', values: line, path: '/tickets/7' }],
        unsubscribe: { post: '/api/x', page: '/unsubscribe?token=t' },
      },
      { ...options, desk: 'https://desk.example' },
    );
    expect(subject).toBe('Acme: 3 things new for you');
    // A name that a mail program would make a link of is not said.
    expect(text).toContain('#7 <b>Fire</b> & co: 2 answers, the latest of a customer');
    expect(text).toContain('https://desk.example/tickets/7');
    expect(text).toContain('End such mails: https://desk.example/unsubscribe?token=t');
    expect(html).toContain('&lt;b&gt;Fire&lt;/b&gt; &amp; co');
    expect(html).toContain('href="https://desk.example/unsubscribe?token=t"');
  });

  it('has no button without a link', () => {
    const { html } = renderNotice('registration', { values: {} }, { ...options, link: null });
    expect(html).not.toContain('<a ');
  });

  it('keeps its button legible on any accent', () => {
    const on = (accent: string): string =>
      renderNotice(
        'registration',
        { values: {} },
        { ...options, letterhead: { name: 'A', accent } },
      ).html;
    expect(on('#ffff00')).toContain('color:#000000;text-decoration');
    expect(on('#000080')).toContain('color:#ffffff;text-decoration');
  });
});
