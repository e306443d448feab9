import { ApiProperty } from '@nestjs/swagger';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { ENVIRONMENTS } from '../api-key-secret.js';
import { ApiKeySecretDto, KeyPersonDto } from './api-key-secret.dto.js';

export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Web shop' })
  name!: string;

  @ApiProperty({ example: 'md_live_3fK9', description: 'How its newest secret begins.' })
  prefix!: string;

  @ApiProperty({ enum: ENVIRONMENTS })
  environment!: string;

  @ApiProperty({ enum: PERMISSION_NAMES, isArray: true })
  scopes!: string[];

  @ApiProperty({
    type: [String],
    example: ['203.0.113.0/24', '2001:db8::/32'],
    description: 'Networks that it may be used from; anywhere, if none.',
  })
  allowedNetworks!: string[];

  @ApiProperty({ type: KeyPersonDto, nullable: true, description: 'Null when a key made it.' })
  createdBy!: KeyPersonDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: [ApiKeySecretDto], description: 'The newest five, the newest first.' })
  secrets!: ApiKeySecretDto[];

  @ApiProperty({ description: 'False when nothing can use it until it is rotated.' })
  hasLiveSecret!: boolean;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({ description: 'Shown this once and kept nowhere.' })
  secret!: string;
}
