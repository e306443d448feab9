import { ApiProperty } from '@nestjs/swagger';
import { BILLERS, type Biller } from '../subscription-machine.js';
import { InvoiceLineDto } from './invoice-line.dto.js';
import { PartyDto } from './party.dto.js';

const time = { type: String, format: 'date-time' } as const;
const amount = { type: 'integer', description: 'In the smallest unit of the currency.' } as const;

export const KINDS = ['invoice', 'credit_note'] as const;
export const INVOICE_STATUSES = ['open', 'paid', 'credited', 'issued'] as const;

export class InvoiceDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: BILLERS,
    description:
      'Who made it out. What a provider made out is on its own pages: POST /billing/portals.',
  })
  billedBy!: Biller;

  @ApiProperty({ enum: KINDS })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ example: 'MD-000042' })
  number!: string;

  @ApiProperty({ enum: INVOICE_STATUSES })
  status!: (typeof INVOICE_STATUSES)[number];

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty(amount)
  net!: number;

  @ApiProperty(amount)
  tax!: number;

  @ApiProperty(amount)
  total!: number;

  @ApiProperty({ example: 'VAT' })
  taxName!: string;

  @ApiProperty({ type: 'integer', example: 1900, description: 'Hundredths of a per cent.' })
  taxRate!: number;

  @ApiProperty({ type: [InvoiceLineDto] })
  lines!: InvoiceLineDto[];

  @ApiProperty({ type: PartyDto, nullable: true, description: 'Null: on the provider’s pages.' })
  seller!: PartyDto | null;

  @ApiProperty({ type: PartyDto, nullable: true, description: 'Null: on the provider’s pages.' })
  buyer!: PartyDto | null;

  @ApiProperty(time)
  issuedAt!: string;

  @ApiProperty(time)
  dueAt!: string;

  @ApiProperty({ ...time, nullable: true })
  paidAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The invoice taken back.',
  })
  creditsId!: string | null;
}
