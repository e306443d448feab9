import { ApiProperty } from '@nestjs/swagger';
import { BILLING_PROVIDERS } from '#core/config/settings.js';

export class PaymentDto {
  @ApiProperty({
    enum: BILLING_PROVIDERS,
    description: 'Who takes the money: nobody, or the seller by invoices.',
  })
  provider!: (typeof BILLING_PROVIDERS)[number];

  @ApiProperty({ type: [String], description: 'Name and address of the seller.' })
  seller!: string[];

  @ApiProperty({ description: 'How invoices are paid, in the words of the seller; may be empty.' })
  terms!: string;

  @ApiProperty({ example: 'VAT' })
  taxName!: string;
}
