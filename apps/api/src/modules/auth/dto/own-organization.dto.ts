import { ApiProperty } from '@nestjs/swagger';

/** One of the organizations of the person who asks. */
export class OwnOrganizationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;

  @ApiProperty({ example: 'acme-support-1f2e3d4c' })
  slug!: string;

  @ApiProperty({ description: 'A built-in role or the id of a custom one.', example: 'agent' })
  role!: string;

  @ApiProperty({ example: 'agent' })
  roleName!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastActiveAt!: string | null;

  @ApiProperty({ description: 'Whether the session is for this one.' })
  current!: boolean;
}
