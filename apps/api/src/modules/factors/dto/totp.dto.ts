import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Matches } from 'class-validator';

/** Apps show codes in two halves, and people copy what they see. */
export const withoutSpaces = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.replaceAll(' ', '') : value;

export class TotpCodeDto {
  @ApiProperty({
    pattern: '^\\d{6}$',
    example: '492039',
    description: 'The code that the app shows now.',
  })
  @Transform(withoutSpaces)
  @IsString()
  @Matches(/^\d{6}$/, { message: 'code must be the six digits that the app shows' })
  code!: string;
}

export class NewTotpDto {
  @ApiProperty({ description: 'To type into the app, in base 32.' })
  secret!: string;

  @ApiProperty({ description: 'The same as a QR code holds it.', example: 'otpauth://totp/…' })
  otpauthUrl!: string;
}

export class RecoveryCodesDto {
  @ApiProperty({
    type: String,
    isArray: true,
    description: 'Shown this once. Empty when there are codes already.',
  })
  recoveryCodes!: string[];
}
