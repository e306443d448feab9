import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import { IsAddress } from '#core/http/field-rules.js';
import { INVITATION_STATUSES, type InvitationStatus } from '../invitation-terms.js';

export class InviterDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class InvitationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ada@acme.example' })
  email!: string;

  @ApiProperty({ description: 'A built-in role, or the id of a custom one.', example: 'agent' })
  role!: string;

  @ApiProperty({ example: 'agent' })
  roleName!: string;

  @ApiProperty({ enum: INVITATION_STATUSES })
  status!: string;

  @ApiProperty({ type: InviterDto, nullable: true, description: 'Null when a program invited.' })
  invitedBy!: InviterDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When the mail was last asked for.' })
  sentAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class InvitationQuery extends PageQuery {
  @ApiPropertyOptional({ enum: INVITATION_STATUSES, default: 'pending' })
  @IsOptional()
  @IsIn(INVITATION_STATUSES)
  status?: InvitationStatus;
}

export class InviteDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsAddress()
  email!: string;

  @ApiProperty({ description: 'A built-in role, or the id of a custom one.', example: 'agent' })
  @IsString()
  @MaxLength(36)
  role!: string;
}
