import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Length } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';

export const REPLY_SCOPES = ['personal', 'team', 'organization'] as const;

export type ReplyScope = (typeof REPLY_SCOPES)[number];

const LONGEST_NAME = 100;
const LONGEST_REPLY = 100_000;
const PLACES =
  'May hold {{customer.name}}, {{customer.firstName}}, {{customer.email}}, {{ticket.number}}, {{ticket.subject}}, {{ticket.fields.<key>}}, {{agent.name}}, {{organization.name}}.';

export class CannedReplyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Sanitised, with its places as they were written.' })
  html!: string;

  @ApiProperty({ enum: REPLY_SCOPES })
  scope!: ReplyScope;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  teamId!: string | null;

  @ApiProperty({ type: 'integer', description: 'Send it as If-Match, in quotes.' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ChangeCannedReplyDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_NAME })
  @IfSent()
  @IsName(LONGEST_NAME)
  name?: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_REPLY, description: PLACES })
  @IfSent()
  @IsString()
  @Length(1, LONGEST_REPLY)
  html?: string;
}

export class CreateCannedReplyDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME })
  @IsName(LONGEST_NAME)
  name!: string;

  @ApiProperty({ minLength: 1, maxLength: LONGEST_REPLY, description: PLACES })
  @IsString()
  @Length(1, LONGEST_REPLY)
  html!: string;

  @ApiProperty({ enum: REPLY_SCOPES, description: 'Whose it is; a shared one needs desk:write.' })
  @IsIn(REPLY_SCOPES)
  scope!: ReplyScope;

  @ApiPropertyOptional({ format: 'uuid', description: "Of a team's." })
  @IfSent()
  @IsUUID()
  teamId?: string;
}
