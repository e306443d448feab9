import { ApiProperty, ApiPropertyOptional, PartialType, OmitType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { TICKET_SORTS, type TicketSort } from '#modules/tickets/dto/ticket-sorts.dto.js';
import {
  A_COLUMN,
  COLUMN_PROBLEM,
  LARGEST_POSITION,
  MOST_COLUMNS,
  VIEW_SCOPES,
  type ViewScope,
} from './view-terms.js';

export class CreateViewDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsName(100)
  name!: string;

  @ApiProperty({ enum: VIEW_SCOPES })
  @IsIn(VIEW_SCOPES)
  scope!: ViewScope;

  @ApiPropertyOptional({ format: 'uuid', description: 'Whose it is, for a view of a team.' })
  @IfSent()
  @IsUUID()
  teamId?: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'All or any of them.' })
  @IsObject()
  conditions!: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], maxItems: MOST_COLUMNS })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_COLUMNS)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(A_COLUMN, { each: true, message: COLUMN_PROBLEM })
  columns?: string[];

  @ApiPropertyOptional({ enum: TICKET_SORTS, default: '-updatedAt' })
  @IfSent()
  @IsIn(TICKET_SORTS)
  sort?: TicketSort;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: LARGEST_POSITION, default: 0 })
  @IfSent()
  @IsInt()
  @Min(0)
  @Max(LARGEST_POSITION)
  position?: number;
}

/** Whose a view is does not change: another is made instead. */
export class ChangeViewDto extends PartialType(OmitType(CreateViewDto, ['scope', 'teamId']), {
  skipNullProperties: false,
}) {}
