import { ApiProperty } from '@nestjs/swagger';

export class KeyPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class ApiKeySecretDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'md_live_3fK9', description: 'How it begins.' })
  prefix!: string;

  @ApiProperty({
    type: KeyPersonDto,
    nullable: true,
    description: 'Who was shown it, or whose program was. It ends when that person leaves.',
  })
  issuedTo!: KeyPersonDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it ends because a newer one took its place.',
  })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ enum: ['rotated', 'revoked', 'holder_left'], type: String, nullable: true })
  endedBecause!: string | null;
}
