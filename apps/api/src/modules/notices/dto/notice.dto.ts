import { ApiProperty } from '@nestjs/swagger';

export class NoticeDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'password_reset' })
  kind!: string;

  @ApiProperty({ example: 'agent@acme.example' })
  to!: string;

  @ApiProperty({ enum: ['queued', 'sent', 'dropped', 'failed'] })
  status!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class NoticeMailDto {
  @ApiProperty()
  subject!: string;

  @ApiProperty({ description: 'As programs without HTML show it.' })
  text!: string;

  @ApiProperty({ description: 'Show it in a sandboxed frame.' })
  html!: string;
}
