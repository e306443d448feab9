import { domainOf, ownableDomain } from './domain-name.js';

describe('a domain that an organization can own', () => {
  it.each([
    ['acme.example', 'acme.example'],
    [' Acme.Example. ', 'acme.example'],
    ['mail.acme.co.uk', 'mail.acme.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (text, domain) => expect(ownableDomain(text)).toBe(domain));

  it.each([
    ...['', 'com', 'example', '.', 'co.uk', 'gmail.com', 'GMAIL.com.', 'github.io'],
    ...['127.0.0.1', '2130706433', '1.2.3', '[::1]', 'acme.example:443', 'a@acme.example'],
    ...['-acme.example', 'acme-.example', 'ac_me.example', 'acme..example', 'acme.example/x'],
    ...['*.acme.example', 'acme.123', 'a'.repeat(64) + '.example', 'a.'.repeat(130) + 'example'],
  ])('%s is none', (text) => expect(ownableDomain(text)).toBeNull());

  it('is read off an address', () => {
    expect(domainOf('Ada@Acme.Example')).toBe('acme.example');
    expect(domainOf('"a@b"@acme.example')).toBe('acme.example');
    expect(domainOf('acme.example')).toBeNull();
    expect(domainOf('@acme.example')).toBeNull();
  });
});
