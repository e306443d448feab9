import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { FactorProofDto } from '#modules/factors/dto/factors.dto.js';
import { TotpCodeDto } from '#modules/factors/dto/totp.dto.js';
import { NewPasskeyDto } from '#modules/factors/dto/passkey.dto.js';
import { SignedInDto } from './auth.dto.js';

const CHALLENGE = { maxLength: 1000, description: 'From the details of the sign-in that stopped.' };

export class SecondFactorDto extends FactorProofDto {
  @ApiProperty(CHALLENGE)
  @IsString()
  @Length(1, 1000)
  challenge!: string;

  @ApiPropertyOptional({ description: 'Spare this device the second factor for 30 days.' })
  @IsOptional()
  @IsBoolean()
  rememberDevice?: boolean;
}

export class PasskeyQuestionDto {
  @ApiPropertyOptional({ ...CHALLENGE, description: 'Absent, the passkey is the whole sign-in.' })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  challenge?: string;
}

export class PasskeySignInDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The browser's AuthenticationResponseJSON (WebAuthn Level 3, 5.1).",
  })
  @IsObject()
  response!: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;
}

export class SetupDto {
  @ApiProperty(CHALLENGE)
  @IsString()
  @Length(1, 1000)
  challenge!: string;
}

export class SetupCodeDto extends TotpCodeDto {
  @ApiProperty(CHALLENGE)
  @IsString()
  @Length(1, 1000)
  challenge!: string;
}

export class SetupPasskeyDto extends NewPasskeyDto {
  @ApiProperty(CHALLENGE)
  @IsString()
  @Length(1, 1000)
  challenge!: string;
}

export class EnrolledDto extends SignedInDto {
  @ApiProperty({ type: String, isArray: true, description: 'Shown this once.' })
  recoveryCodes!: string[];
}
