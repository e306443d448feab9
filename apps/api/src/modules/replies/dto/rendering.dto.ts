import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class RenderReplyDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  ticketId!: string;
}

export class RenderedReplyDto {
  @ApiProperty({ description: 'Safe to show and to send.' })
  html!: string;
}
