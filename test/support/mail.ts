import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '..', 'fixtures', 'mail');

/** The names of the sample mails: real ones, odd ones and broken ones. */
export function sampleMailNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort();
}

/** The bytes of a sample mail. */
export function sampleMail(name: string): Buffer {
  return readFileSync(join(folder, name));
}

/** A plain mail (RFC 5322) with these headers. */
export function mail(headers: Record<string, string>, body = 'Hello, I need help.'): string {
  const all = {
    From: 'Rita Requester <rita@customer.example>',
    To: 'support@desk.example',
    Subject: 'Help',
    Date: 'Thu, 01 Jan 2026 10:00:00 +0000',
    'Message-ID': `<${crypto.randomUUID()}@customer.example>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', ...body.split('\n')].join('\r\n');
}

/** How mail is handed in. */
export const AS_MAIL = { headers: { 'content-type': 'message/rfc822' } };
