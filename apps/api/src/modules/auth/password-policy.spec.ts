import { PasswordBreached, PasswordTooObvious } from './auth.exceptions.js';
import { assertGoodPassword } from './password-policy.js';

const words = ['olga.owner@acme.example', 'Olga Owner', 'Acme Support'];

describe('a password', () => {
  it.each([
    'correct horse battery',
    'manydesk-demo',
    'OlgaOwnerLikesTea',
    'äöü ß œuvre',
    '日本語のパスワード',
  ])('may be %p', async (password) => {
    await expect(assertGoodPassword(password, words)).resolves.toBeUndefined();
  });

  it.each(['password1', 'PASSWORD1', 'iloveyou', '12345678', 'ｐａｓｓｗｏｒｄ１'])(
    'may not be the stolen %p',
    async (password) => {
      await expect(assertGoodPassword(password, words)).rejects.toThrow(PasswordBreached);
    },
  );

  it.each([
    'olga.owner@acme.example',
    'Olga Owner',
    'olga-owner',
    'OlgaOwner2026',
    'acme_support',
    'AcmeSupport!',
    'xxxxxxxxxx',
    'ababababab',
  ])('may not be the obvious %p', async (password) => {
    await expect(assertGoodPassword(password, words)).rejects.toThrow(PasswordTooObvious);
  });
});
