import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

class SessionOrganizationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;
}

export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  organization!: SessionOrganizationDto;

  @ApiProperty({ enum: ['password', 'passkey', 'sso', 'link'] })
  method!: string;

  @ApiProperty({ description: 'Whether a second factor was shown.' })
  secondFactor!: boolean;

  @ApiProperty({ example: 'Firefox on Linux' })
  device!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;

  @ApiProperty({ description: 'Whether it is the one that asks.' })
  current!: boolean;
}

export class SwitchOrganizationDto {
  @ApiProperty({ format: 'uuid', description: 'One of your organizations.' })
  @IsUUID()
  organizationId!: string;
}
