import { ApiProperty } from '@nestjs/swagger';

export const DISPOSITIONS = ['ticket', 'reply', 'duplicate', 'rejected'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export class InboundMailDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: DISPOSITIONS,
    description: 'What became of the mail. Every mail that was taken has exactly one.',
  })
  disposition!: Disposition;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it was rejected or taken for a duplicate.',
  })
  reason!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  ticketId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  ticketNumber!: number | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  messageId!: string | null;
}
