import { ApiProperty } from '@nestjs/swagger';

export class ErasureDto {
  @ApiProperty({ format: 'uuid' })
  customerId!: string;

  @ApiProperty({ format: 'date-time' })
  erasedAt!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Tickets that lost their subject and their fields.',
  })
  tickets!: number;

  @ApiProperty({ type: 'integer', description: 'Messages that lost their text.' })
  messages!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Mails, received and sent, of which nothing is kept.',
  })
  mails!: number;

  @ApiProperty({ type: 'integer', description: 'Attachments that are gone.' })
  files!: number;

  @ApiProperty({ type: 'integer', description: 'Events of the log that keep their hash alone.' })
  events!: number;
}
