import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';
import { Trimmed } from '#core/http/field-rules.js';
import { StaffDto } from './staff.dto.js';

const LONGEST_PASSWORD = 200;

export class StaffPasswordDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @Trimmed()
  @IsString()
  @Length(1, 254)
  email!: string;

  @ApiProperty({ maxLength: LONGEST_PASSWORD })
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  password!: string;
}

export class StaffCodeDto {
  @ApiProperty({ maxLength: 1000, description: 'As the first half of the sign-in gave it.' })
  @IsString()
  @Length(1, 1000)
  challenge!: string;

  @ApiProperty({ pattern: '^\\d{6}$', example: '492039' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replaceAll(' ', '') : value,
  )
  @IsString()
  @Matches(/^\d{6}$/, { message: 'code must be the six digits that the app shows' })
  code!: string;
}

export class ChangeStaffPasswordDto {
  @ApiProperty({ maxLength: LONGEST_PASSWORD })
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  currentPassword!: string;

  @ApiProperty({ minLength: 12, maxLength: LONGEST_PASSWORD })
  @IsString()
  @Length(12, LONGEST_PASSWORD)
  newPassword!: string;
}

export class StaffAppDto {
  @ApiProperty({ description: 'To type into the app, in base 32.' })
  secret!: string;

  @ApiProperty({ description: 'The same as a QR code holds it.', example: 'otpauth://totp/…' })
  otpauthUrl!: string;
}

export class StaffChallengeDto {
  @ApiProperty({ description: 'To be sent with the code, within ten minutes.' })
  challenge!: string;

  @ApiProperty({
    type: StaffAppDto,
    nullable: true,
    description: 'For who has no app yet: set it up, then send its code. Null for all others.',
  })
  setup!: StaffAppDto | null;
}

export class StaffSignedInDto {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`, to /admin alone.' })
  accessToken!: string;

  @ApiProperty({ type: 'integer', example: 600, description: 'Seconds until it ends.' })
  expiresIn!: number;

  @ApiProperty()
  staff!: StaffDto;
}
