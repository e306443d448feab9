import { ApiProperty } from '@nestjs/swagger';

export class OutboundMailDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  ticketId!: string;

  @ApiProperty()
  to!: string;

  @ApiProperty({ type: [String], description: 'Who got a copy.' })
  cc!: string[];

  @ApiProperty({ type: [String], description: 'Who got a copy that the others do not know of.' })
  bcc!: string[];

  @ApiProperty()
  from!: string;

  @ApiProperty()
  subject!: string;

  @ApiProperty()
  text!: string;

  @ApiProperty()
  messageIdHeader!: string;

  @ApiProperty({ enum: ['queued', 'sent', 'failed'] })
  status!: string;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: string | null;
}
