import { safeReturnTo } from './return-to.js';

describe('where a sign-in ends', () => {
  it.each(['/', '/tickets?status=open#top', '/settings/people'])('may be %s', (path) =>
    expect(safeReturnTo(path)).toBe(path),
  );

  it.each([
    ...['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'],
    ...['', 'tickets', '/.//evil.example', '/a/..//evil.example', '/\t/evil.example', '/a b'],
    ...['/%0d%0aset-cookie: a=b\r\n', '/api/v1/auth/sessions', `/${'a'.repeat(500)}`],
  ])('is the beginning instead of %j', (path) => expect(safeReturnTo(path)).toBe('/'));

  it('is the beginning when nothing is said', () => expect(safeReturnTo(undefined)).toBe('/'));
});
