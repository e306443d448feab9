import { Injectable } from '@nestjs/common';
import type { PasswordChangeDto } from './dto/account.dto.js';
import { PasswordProofs, type Browser } from './password-proofs.service.js';
import { Passwords } from './passwords.service.js';
import type { SignedInPerson } from './person.js';

/** How somebody who knows their password chooses another. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly proofs: PasswordProofs,
    private readonly passwords: Passwords,
  ) {}

  /** Throws PasswordWrong, Throttled, PasswordBreached, PasswordTooObvious. */
  async change(person: SignedInPerson, dto: PasswordChangeDto, browser: Browser): Promise<void> {
    const account = await this.proofs.prove(person, dto.currentPassword, browser);
    const { sessionId } = person;
    const how = { type: 'auth.password_changed', sparedSession: sessionId } as const;
    await this.passwords.change(account, dto.newPassword, how);
  }
}
