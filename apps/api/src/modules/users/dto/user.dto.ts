import { ApiProperty } from '@nestjs/swagger';

export class UserDto {
  @ApiProperty({ format: 'uuid', description: "The person's place in this organization." })
  id!: string;

  @ApiProperty({ example: 'Ada Agent' })
  name!: string;

  @ApiProperty({ example: 'agent@acme.example' })
  email!: string;

  @ApiProperty({
    description: 'A built-in role (owner, admin, agent, viewer) or the id of a custom one.',
    example: 'agent',
  })
  role!: string;

  @ApiProperty({ example: 'agent', description: 'The name of the role, for people to read.' })
  roleName!: string;

  @ApiProperty({ enum: ['active', 'deactivated', 'removed'] })
  status!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastActiveAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}
