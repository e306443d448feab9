import { ApiProperty } from '@nestjs/swagger';

const amount = { type: 'integer', description: 'In the smallest unit of the currency.' } as const;

export class InvoiceLineDto {
  @ApiProperty({ example: 'Team, 5 seats, 1 May 2026 to 1 June 2026' })
  text!: string;

  @ApiProperty({ type: 'integer' })
  seats!: number;

  @ApiProperty(amount)
  net!: number;

  @ApiProperty(amount)
  tax!: number;
}
