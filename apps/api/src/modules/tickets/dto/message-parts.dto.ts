import { ApiProperty } from '@nestjs/swagger';

export class MessageAuthorDto {
  @ApiProperty({ enum: ['user', 'requester', 'api_key'] })
  type!: string;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'As it was when the message was written.' })
  name!: string;
}

export class MessageDeliveryDto {
  @ApiProperty({ enum: ['queued', 'sent', 'failed'] })
  status!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: string | null;
}

export class MentionedPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class OriginTicketDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  number!: number;
}
