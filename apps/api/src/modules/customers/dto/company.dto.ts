import { ApiProperty } from '@nestjs/swagger';
import { TICKETS_COUNTED } from '../customer-terms.js';

export class CompanyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [String], description: 'Who writes from one of these is of the company.' })
  domains!: string[];

  @ApiProperty()
  notes!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Values of the custom fields by their keys.',
  })
  fields!: Record<string, unknown>;

  @ApiProperty({ type: 'integer', description: `Counted up to ${TICKETS_COUNTED}.` })
  customerCount!: number;

  @ApiProperty({ type: 'integer', description: `Counted up to ${TICKETS_COUNTED}.` })
  ticketCount!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}
