import { describe, expect, it } from '@jest/globals';
import { MailAddressSigner } from './mail-address.js';
import { normaliseEmail } from './mail-sender.js';

const acme = '0197f3a0-0000-7000-8000-00000000000a';
const globex = '0197f3a0-0000-7000-8000-00000000000b';
const ticketId = '0197f3a0-1111-7111-8111-111111111111';
const messageId = '0197f3a0-2222-7222-8222-222222222222';
const signer = new MailAddressSigner(Buffer.alloc(32, 1), 'desk.example');
const id = signer.signMessageId(acme, ticketId, messageId);
const address = signer.signReplyAddress(acme, ticketId);

/** Every text that differs from the given one in one hexadecimal digit. */
const altered = (text: string) =>
  [...text].flatMap((digit, at) =>
    /[0-9a-f]/.test(digit) && at < text.indexOf('@')
      ? [text.slice(0, at) + (digit === '0' ? '1' : '0') + text.slice(at + 1)]
      : [],
  );

describe('a signed Message-ID', () => {
  it('is a valid one, always the same, and names its message', () => {
    expect(id).toMatch(/^<[0-9a-f]{32}\.[0-9a-f]{32}\.[0-9a-f]{32}@desk\.example>$/);
    expect(signer.signMessageId(acme, ticketId.toUpperCase(), messageId)).toBe(id);
    for (const spelling of [id, id.slice(1, -1), id.toUpperCase(), ` ${id} `]) {
      expect(signer.verifyMessageId(spelling, acme)).toEqual({ ticketId, messageId });
    }
  });

  it('holds after the domain moved', () => {
    const moved = new MailAddressSigner(Buffer.alloc(32, 1), 'elsewhere.example');
    expect(moved.verifyMessageId(id, acme)).toEqual({ ticketId, messageId });
  });

  it('is nothing to another organization, or under another key', () => {
    const other = new MailAddressSigner(Buffer.alloc(32, 2), 'desk.example');
    expect(signer.verifyMessageId(id, globex)).toBeNull();
    expect(other.verifyMessageId(id, acme)).toBeNull();
  });

  it('fails when any digit is altered, and when its parts are swapped', () => {
    for (const forged of altered(id)) {
      expect(signer.verifyMessageId(forged, acme)).toBeNull();
    }
    const [ticket, message, tag] = id.slice(1, -1).split(/[.@]/);
    expect(signer.verifyMessageId(`<${message}.${ticket}.${tag}@desk.example>`, acme)).toBeNull();
  });

  it.each(['', '<>', '<a@b>', 'x'.repeat(100_000), '<'.repeat(100_000), id.replace('.', '')])(
    'is not found in rubbish',
    (rubbish) => {
      expect(signer.verifyMessageId(rubbish, acme)).toBeNull();
    },
  );
});

describe('a signed reply address', () => {
  it('fits into a local part, survives normalising and a change of case', () => {
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    expect(normaliseEmail(address)).toBe(address);
    expect(signer.verifyReplyAddress(address.toUpperCase(), acme)).toBe(ticketId);
  });

  it('is nothing to another organization, or under another key, or altered', () => {
    const other = new MailAddressSigner(Buffer.alloc(32, 2), 'desk.example');
    expect(signer.verifyReplyAddress(address, globex)).toBeNull();
    expect(other.verifyReplyAddress(address, acme)).toBeNull();
    const digits = altered(address).filter((forged) => forged.startsWith('reply+'));
    expect(digits).toHaveLength(56);
    for (const forged of digits) {
      expect(signer.verifyReplyAddress(forged, acme)).toBeNull();
    }
  });

  it('cannot be made from a signed Message-ID', () => {
    const [ticket, , tag = ''] = id.slice(1, -1).split(/[.@]/);
    const forged = `reply+${ticket}${tag.slice(0, 24)}@desk.example`;
    expect(signer.verifyReplyAddress(forged, acme)).toBeNull();
  });

  it.each([
    '',
    'reply@desk.example',
    'reply+@desk.example',
    `reply+${'0'.repeat(56)}@desk.example`,
  ])('is not %s', (rubbish) => {
    expect(signer.verifyReplyAddress(rubbish, acme)).toBeNull();
  });
});

describe('the signer', () => {
  it('refuses a short key, a domain that is none, ids that are none', () => {
    expect(() => new MailAddressSigner(Buffer.alloc(31), 'desk.example')).toThrow(RangeError);
    expect(() => new MailAddressSigner(Buffer.alloc(32), 'a b\r\nBcc: x')).toThrow(RangeError);
    expect(() => signer.signReplyAddress(acme, '1')).toThrow(RangeError);
    expect(() => signer.verifyReplyAddress(address, 'acme')).toThrow(RangeError);
  });
});
