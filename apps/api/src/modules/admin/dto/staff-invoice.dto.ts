import { ApiProperty } from '@nestjs/swagger';

const BILLERS = ['manual', 'stripe'] as const;
const KINDS = ['invoice', 'credit_note'] as const;
const STATUSES = ['open', 'paid', 'credited', 'issued'] as const;
const amount = { type: 'integer', description: 'In the smallest unit of the currency.' } as const;
const time = { type: String, format: 'date-time' } as const;

/** What was billed to an organization: sums and times. */
export class StaffInvoiceDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: BILLERS, description: 'Who made it out.' })
  billedBy!: string;

  @ApiProperty({ enum: KINDS })
  kind!: string;

  @ApiProperty({ example: 'MD-000042' })
  number!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty(amount)
  net!: number;

  @ApiProperty(amount)
  tax!: number;

  @ApiProperty(amount)
  total!: number;

  @ApiProperty(time)
  issuedAt!: string;

  @ApiProperty(time)
  dueAt!: string;

  @ApiProperty({ ...time, nullable: true })
  paidAt!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The one taken back.' })
  creditsId!: string | null;
}
