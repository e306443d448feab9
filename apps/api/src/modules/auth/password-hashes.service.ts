import { Injectable } from '@nestjs/common';
import { assertGoodPassword } from './password-policy.js';
import { hashPassword, verifyPassword } from './password.js';

/** Passwords for rooms that have people of their own: hashed and judged as everybody's. */
@Injectable()
export class PasswordHashes {
  /** The PHC string of `password` (argon2id). Throws PasswordBreached, and PasswordTooObvious for what `words` say. */
  async hash(password: string, words: string[]): Promise<string> {
    await assertGoodPassword(password, words);
    return hashPassword(password);
  }

  /** Whether `password` is the one of `phc`; false, after the same work, when `phc` is null. */
  matches(phc: string | null, password: string): Promise<boolean> {
    return verifyPassword(phc, password);
  }
}
