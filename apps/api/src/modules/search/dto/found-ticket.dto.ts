import { ApiProperty } from '@nestjs/swagger';
import { TicketDto } from '#modules/tickets/dto/ticket.dto.js';

export class SnippetPartDto {
  @ApiProperty()
  text!: string;

  @ApiProperty({ description: 'Whether it is what was looked for.' })
  hit!: boolean;
}

export class SearchMatchDto {
  @ApiProperty({ enum: ['subject', 'message', 'customer'] })
  in!: 'subject' | 'message' | 'customer';

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  messageId!: string | null;

  @ApiProperty({ type: [SnippetPartDto], description: 'Plain text; the pieces follow each other.' })
  snippet!: SnippetPartDto[];
}

export class FoundTicketDto {
  @ApiProperty()
  ticket!: TicketDto;

  @ApiProperty({ type: [SearchMatchDto] })
  matches!: SearchMatchDto[];
}
