import { ApiProperty } from '@nestjs/swagger';
import { TICKETS_COUNTED } from '../customer-terms.js';

export class CustomerCompanyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class CustomerDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'email', description: 'The main address: replies go there.' })
  email!: string;

  @ApiProperty({ type: [String], description: 'All of them, the main one too.' })
  addresses!: string[];

  @ApiProperty({ type: CustomerCompanyDto, nullable: true })
  company!: CustomerCompanyDto | null;

  @ApiProperty()
  notes!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Values of the custom fields by their keys.',
  })
  fields!: Record<string, unknown>;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The customer that this one was merged into; such a one has no address any more.',
  })
  mergedIntoId!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When what is personal of them was erased; such a one is not changed any more.',
  })
  erasedAt!: string | null;

  @ApiProperty({ type: 'integer', description: `Counted up to ${TICKETS_COUNTED}.` })
  ticketCount!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}
