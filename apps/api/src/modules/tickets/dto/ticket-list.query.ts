import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import { LONGEST_TAG, TICKET_TYPES, type TicketType } from '../ticket-terms.js';

const ID_OR_NONE = /^(none|[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})$/;

/** `true` and `false` of a query, and nothing else. */
function IsFlag(): PropertyDecorator {
  const toFlag = ({ value }: { value: unknown }) =>
    ({ true: true, false: false })[String(value)] ?? value;
  return applyDecorators(Transform(toFlag), IsOptional(), IsBoolean());
}

/** What lists of tickets can be narrowed by besides the plain fields. */
export class TicketListQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  requesterId?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_TAG })
  @IsOptional()
  @Length(1, LONGEST_TAG)
  tag?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  stateId?: string;

  @ApiPropertyOptional({ enum: TICKET_TYPES })
  @IsOptional()
  @IsIn(TICKET_TYPES)
  type?: TicketType;

  @ApiPropertyOptional({ description: "A team's id, or `none`." })
  @IsOptional()
  @Matches(ID_OR_NONE, { message: "teamId must be a team's id or none" })
  teamId?: string;

  @ApiPropertyOptional({ description: "A company's id, or `none`." })
  @IsOptional()
  @Matches(ID_OR_NONE, { message: "companyId must be a company's id or none" })
  companyId?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'Whether it is put off until later.' })
  @IsFlag()
  snoozed?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'Whether it was merged into another.' })
  @IsFlag()
  merged?: boolean;

  @ApiPropertyOptional({
    maxLength: 20_000,
    description:
      'Conditions as JSON, such as `{"all":[{"field":"tag","operator":"is","value":"vip"}]}`.',
  })
  @IsOptional()
  @Length(2, 20_000)
  conditions?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Those that a view shows, narrowed further.',
  })
  @IsOptional()
  @IsUUID()
  viewId?: string;

  @ApiPropertyOptional({ enum: ['fields'], description: 'With the custom fields of each.' })
  @IsOptional()
  @IsIn(['fields'])
  include?: 'fields';
}
