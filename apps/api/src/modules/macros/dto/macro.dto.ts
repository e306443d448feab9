import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { MACRO_ACTION_TYPES, MOST_ACTIONS, type MacroAction } from '../macro-actions.js';

const MACRO_SCOPES = ['personal', 'team', 'organization'] as const;

export type MacroScope = (typeof MACRO_SCOPES)[number];

const TYPE = { type: 'string', enum: [...MACRO_ACTION_TYPES] };
const ACTION = { additionalProperties: true, required: ['type'], properties: { type: TYPE } };
const ACTIONS = {
  type: 'array' as const,
  items: { type: 'object', ...ACTION },
  description: `1 to ${MOST_ACTIONS} of {type, value}; types: ${MACRO_ACTION_TYPES.join(', ')}.`,
};

export class MacroDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty(ACTIONS)
  actions!: MacroAction[];

  @ApiProperty({ enum: MACRO_SCOPES })
  scope!: MacroScope;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  teamId!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ChangeMacroDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IfSent()
  @IsName(100)
  name?: string;

  @ApiPropertyOptional({ maxLength: 500 })
  @IfSent()
  @IsString()
  @MaxLength(500)
  description?: string;

  @ApiPropertyOptional(ACTIONS)
  @IfSent()
  @IsArray()
  actions?: unknown[];
}

export class CreateMacroDto extends ChangeMacroDto {
  @ApiProperty({ maxLength: 100 })
  @IsName(100)
  override name!: string;

  @ApiProperty(ACTIONS)
  @IsArray()
  override actions!: unknown[];

  @ApiProperty({ enum: MACRO_SCOPES, description: 'Whose it is; a shared one needs desk:write.' })
  @IsIn(MACRO_SCOPES)
  scope!: MacroScope;

  @ApiPropertyOptional({ format: 'uuid', description: "Of a team's." })
  @IfSent()
  @IsUUID()
  teamId?: string;
}
