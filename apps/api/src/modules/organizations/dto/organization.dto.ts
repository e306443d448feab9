import { ApiProperty } from '@nestjs/swagger';

export class OrganizationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;

  @ApiProperty({ example: 'acme-support-1f8a09c3', description: 'Unique in the deployment.' })
  slug!: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'A name of the IANA time zone database.' })
  timeZone!: string;

  @ApiProperty({ example: 'en', description: 'The language of its mails (BCP 47).' })
  locale!: string;

  @ApiProperty({ type: String, nullable: true, example: '#4338ca' })
  accent!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when the operator has suspended it: keys are refused, people only read.',
  })
  suspendedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When it will be deleted; until then it is as if suspended, and owners may keep it.',
  })
  deleteAfter!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class OrganizationSettingsDto extends OrganizationDto {
  @ApiProperty({ description: 'Whether GET /api/v1/organization/logo has a picture.' })
  hasLogo!: boolean;
}
