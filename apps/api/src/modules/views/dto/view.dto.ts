import { ApiProperty } from '@nestjs/swagger';
import { TICKET_SORTS, type TicketSort } from '#modules/tickets/dto/ticket-sorts.dto.js';
import { VIEW_SCOPES, type ViewScope } from './view-terms.js';

export class ViewDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: VIEW_SCOPES })
  scope!: ViewScope;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Of a personal view.' })
  ownerId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: "Of a team's view." })
  teamId!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  conditions!: Record<string, unknown>;

  @ApiProperty({ type: [String] })
  columns!: string[];

  @ApiProperty({ enum: TICKET_SORTS })
  sort!: TicketSort;

  @ApiProperty({ type: 'integer' })
  position!: number;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ViewCountDto {
  @ApiProperty({ description: 'The view, or the name under which conditions were asked for.' })
  viewId!: string;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ description: 'False when there are more than are counted.' })
  isExact!: boolean;
}
