import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { IfSent, IsName, Trimmed } from '#core/http/field-rules.js';

export class TeamDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Billing' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ description: 'New tickets that name no team come to it.' })
  isDefault!: boolean;

  @ApiProperty({ type: 'integer' })
  memberCount!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  archivedAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'Its ETag is this in quotes.' })
  version!: number;
}

export class TeamMemberDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'date-time', description: 'Since when they are in the team.' })
  since!: string;
}

export class CreateTeamDto {
  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Billing' })
  @IsName(100)
  name!: string;

  @ApiPropertyOptional({ maxLength: 500 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;
}

export class ChangeTeamDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IfSent()
  @IsName(100)
  name?: string;

  @ApiPropertyOptional({ maxLength: 500 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;

  @ApiPropertyOptional({ description: 'True takes it from the team that is the default now.' })
  @IfSent()
  @IsBoolean()
  isDefault?: boolean;
}
