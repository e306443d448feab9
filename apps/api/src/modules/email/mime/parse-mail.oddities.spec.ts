import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mailFingerprint } from './fingerprint.js';
import { parseMail } from './parse-mail.js';

const folder = new URL('../../../../../../test/fixtures/mail/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.eml'));
const read = (file: string) => readFileSync(new URL(file, folder));
const parse = (file: string) => parseMail(read(file));

describe('the oddities of the sample mails', () => {
  it('have the dates that they claim, or none when it is rubbish', async () => {
    const without = [];
    for (const file of files) {
      const mail = await parse(file);
      if (mail.date === null) {
        without.push(file);
      }
    }
    expect(without).toEqual(['raw_email_bad_time.eml', 'raw_email_with_bad_date.eml']);
    expect((await parse('raw_email_string_in_date_field.eml')).date).toEqual(
      new Date('2008-09-20T17:04:30Z'),
    );
  });

  it('are of people, but for three', async () => {
    const automatic: Record<string, readonly string[]> = {};
    for (const file of files) {
      const mail = await parse(file);
      if (mail.automatic.length > 0) {
        automatic[file] = mail.automatic;
      }
    }
    expect(automatic).toEqual({
      'raw_email_encoded_stack_level_too_deep.eml': ['system_sender'],
      'raw_email_trailing_dot.eml': ['system_sender'],
      'raw_email_with_mimepart_without_content_type.eml': [
        'bounce',
        'auto_submitted',
        'empty_return_path',
        'system_sender',
      ],
    });
  });

  it('name their senders as far as the name is one', async () => {
    const name = async (file: string) => (await parse(file)).from?.name;
    expect(await name('mix_caps_content_type.eml')).toBe('Big Bug');
    expect(await name('raw_email_bad_time.eml')).toBe('Атиковa');
    expect(await name('raw_email_trailing_dot.eml')).toBe('Sandy M.');
    expect(await name('raw_email_multiple_from.eml')).toBeNull();
    expect(await name('raw_email11.eml')).toBeNull();
  });

  it('keep odd Message-IDs and references as they are', async () => {
    expect((await parse('raw_email_double_at_in_header.eml')).messageId).toBe(
      'd3b8cf8e49f0448085@0c28713a1@f473e@37signals.com',
    );
    expect((await parse('mix_caps_content_type.eml')).messageId).toBe(
      '201002191008.30117.foo.bar@company.com',
    );
    const reply = await parse('raw_email_reply.eml');
    expect(reply.inReplyTo).toEqual(['348F04F142D69C21-291E56D292BC@xxxx.net']);
    expect(reply.references).toEqual([
      '473FF3B8.9020707@xxx.org',
      '348F04F142D69C21-291E56D292BC@xxxx.net',
    ]);
  });

  it('hold five mails twice, and many under one Message-ID', async () => {
    const groups = Map.groupBy(files, (file) => mailFingerprint(read(file)));
    const twice = [...groups.values()].filter((group) => group.length > 1);
    expect(twice).toEqual([
      ['attachment_content_location.eml', 'raw_email12.eml'],
      ['attachment_pdf.eml', 'attachment_pdf_lf.eml'],
      ['attachment_pdf_non_ascii.eml', 'attachment_pdf_non_ascii_lf.eml'],
      ['attachment_with_encoded_name.eml', 'raw_email8.eml'],
      ['basic_email.eml', 'basic_email_lf.eml'],
    ]);
    expect(groups.size).toBe(44);
    const ids = new Set(
      await Promise.all(files.map(async (file) => (await parse(file)).messageId)),
    );
    expect(ids.size).toBe(27);
  });
});
