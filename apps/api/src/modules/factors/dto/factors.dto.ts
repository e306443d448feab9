import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { withoutSpaces } from './totp.dto.js';

const CODE = { pattern: '^\\d{6}$', example: '492039' };

/** One of them. */
export class FactorProofDto {
  @ApiPropertyOptional({ ...CODE, description: 'Of the authenticator app; works once.' })
  @IsOptional()
  @Transform(withoutSpaces)
  @IsString()
  @Matches(/^\d{6}$/, { message: 'code must be the six digits that the app shows' })
  code?: string;

  @ApiPropertyOptional({ maxLength: 40, example: 'q7d2-m4xn-80vk' })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  recoveryCode?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: "The browser's AuthenticationResponseJSON (WebAuthn Level 3, 5.1).",
  })
  @IsOptional()
  @IsObject()
  passkey?: Record<string, unknown>;
}

/** One of them. */
export class PersonProofDto extends FactorProofDto {
  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  password?: string;
}

export class FactorsDto {
  @ApiProperty({ description: 'Whether an authenticator app is set up.' })
  totp!: boolean;

  @ApiProperty({ type: 'integer' })
  passkeys!: number;

  @ApiProperty({ type: 'integer' })
  recoveryCodesLeft!: number;

  @ApiProperty({ description: 'Without one, changes are proved by a factor alone.' })
  hasPassword!: boolean;

  @ApiProperty({ description: 'Whether an organization of yours requires a second factor.' })
  required!: boolean;
}
