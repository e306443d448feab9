import { ApiProperty } from '@nestjs/swagger';

/** That an organization is gone, and since when. Holds nothing of what it was but its names. */
export class ErasureCertificateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  organizationId!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;

  @ApiProperty({ example: 'acme-support-4f2k' })
  slug!: string;

  @ApiProperty({ format: 'date-time', description: 'When the organization was founded.' })
  foundedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When its last row was deleted.' })
  createdAt!: string;

  @ApiProperty({
    description:
      'HMAC-SHA256, in hexadecimal, of the other fields with | between them: the deployment can tell its own.',
  })
  signature!: string;
}
