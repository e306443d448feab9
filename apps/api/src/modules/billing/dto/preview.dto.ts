import { ApiProperty } from '@nestjs/swagger';
import { InvoiceLineDto } from './invoice-line.dto.js';

export class PreviewDto {
  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ format: 'date-time', description: 'From when on it is so.' })
  startsAt!: string;

  @ApiProperty({ type: [InvoiceLineDto], description: 'What is billed at once; none: nothing.' })
  lines!: InvoiceLineDto[];

  @ApiProperty({ type: 'integer' })
  net!: number;

  @ApiProperty({ type: 'integer' })
  tax!: number;

  @ApiProperty({ type: 'integer' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'What a period costs from then on, without tax.' })
  price!: number;
}
