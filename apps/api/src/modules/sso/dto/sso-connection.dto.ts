import { ApiProperty, ApiPropertyOptional, PartialType, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { IsName } from '#core/http/field-rules.js';

export class SsoConnectionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Okta' })
  name!: string;

  @ApiProperty({ example: 'https://acme.okta.com' })
  issuer!: string;

  @ApiProperty()
  clientId!: string;

  @ApiProperty({ description: 'What somebody who comes for the first time becomes.' })
  role!: string;

  @ApiProperty({ description: 'The name of that role, for people to read.' })
  roleName!: string;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ description: 'Give it to the provider as the redirect (callback) URI.' })
  redirectUri!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CreateSsoConnectionDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsName(100)
  name!: string;

  @ApiProperty({
    maxLength: 500,
    description: 'The issuer URL of the OpenID provider, as its discovery document names it.',
  })
  @IsString()
  @Length(1, 500)
  issuer!: string;

  @ApiProperty({ maxLength: 300 })
  @IsString()
  @Length(1, 300)
  clientId!: string;

  @ApiProperty({ maxLength: 1000, writeOnly: true, description: 'Goes in and never out.' })
  @IsString()
  @Length(1, 1000)
  clientSecret!: string;

  @ApiPropertyOptional({
    default: 'viewer',
    description: 'A built-in role but owner, or the id of a custom one.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(36)
  role?: string;

  @ApiPropertyOptional({ default: true })
  @IsOptional()
  @IsBoolean()
  enabled?: boolean;
}

/** The issuer stays: who a subject is hangs on it. */
export class ChangeSsoConnectionDto extends PartialType(
  OmitType(CreateSsoConnectionDto, ['issuer'] as const),
  { skipNullProperties: false },
) {}
