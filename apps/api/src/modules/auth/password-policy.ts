import { PasswordBreached, PasswordTooObvious } from './auth.exceptions.js';

/** As the DTOs check it before: length is the rule, kinds of characters are none (NIST SP 800-63B, 3.1.1.2). */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 200;
/** Words of the person shorter than this say nothing: every password would have them. */
const SHORTEST_WORD = 4;
const FEWEST_LETTERS = 3;

/** Loaded when the first password is chosen: most processes never need it. */
let stolen: Promise<ReadonlySet<string>> | undefined;

/**
 * Throws {@link PasswordBreached} for one of the passwords that are tried first (a bundled list of about 50,000, asked
 * offline: nobody is told what people choose), {@link PasswordTooObvious} for what `words` say of the person.
 */
export async function assertGoodPassword(password: string, words: string[]): Promise<void> {
  const folded = password.normalize('NFKC').toLowerCase();
  stolen ??= loadStolen();
  if ((await stolen).has(folded)) throw new PasswordBreached();
  const letters = lettersOf(folded);
  const withoutNumber = letters.replace(/\d{0,4}$/, '');
  const isObvious = words
    .flatMap((word) => [word, ...word.split('@')])
    .map((word) => lettersOf(word.normalize('NFKC').toLowerCase()))
    .some((word) => word.length >= SHORTEST_WORD && (word === letters || word === withoutNumber));
  if (isObvious || new Set(folded).size < FEWEST_LETTERS) throw new PasswordTooObvious();
}

async function loadStolen(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const passwords = dictionary['passwords-common'] as readonly (string | number)[];
  return new Set(
    passwords
      .map((password) => String(password).toLowerCase())
      .filter(({ length }) => length >= SHORTEST_PASSWORD),
  );
}

/** Letters and digits alone: "Acme Support!" and "acmesupport" are one word to who guesses. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
