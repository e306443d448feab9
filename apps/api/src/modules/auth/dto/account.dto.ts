import { ApiProperty } from '@nestjs/swagger';
import { Email, Language, Name, NewPassword, OldPassword } from './field-rules.js';

export class PasswordResetDto {
  @Email()
  email!: string;

  @Language()
  locale?: string;
}

export class NewPasswordDto {
  @NewPassword()
  password!: string;
}

/** What a reset's link says to whoever holds it. */
export class PendingResetDto {
  @ApiProperty()
  email!: string;
}

export class PasswordChangeDto {
  @OldPassword()
  currentPassword!: string;

  @NewPassword()
  newPassword!: string;
}

export class EmailChangeDto {
  @Email()
  email!: string;

  @OldPassword()
  password!: string;

  @Language()
  locale?: string;
}

export class ProfileDto {
  @Name('Olga Owner')
  name!: string;
}
