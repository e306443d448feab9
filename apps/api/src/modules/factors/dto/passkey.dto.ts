import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IsName } from '#core/http/field-rules.js';

export class PasskeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Work laptop' })
  name!: string;

  @ApiProperty({ description: 'Whether it is kept in a password manager, on several devices.' })
  backedUp!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: string | null;
}

export class CreatedPasskeyDto extends PasskeyDto {
  @ApiProperty({
    type: String,
    isArray: true,
    nullable: true,
    description: 'Shown this once, with the first factor; null when there are codes already.',
  })
  recoveryCodes!: string[] | null;
}

export class PasskeyNameDto {
  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Work laptop' })
  @IsName(100)
  name!: string;
}

export class NewPasskeyDto extends PasskeyNameDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The browser's RegistrationResponseJSON (WebAuthn Level 3, 5.1).",
  })
  @IsObject()
  response!: Record<string, unknown>;
}

export class PasskeyOptionsDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'For `navigator.credentials`, in the JSON form of WebAuthn Level 3.',
  })
  options!: object;
}
