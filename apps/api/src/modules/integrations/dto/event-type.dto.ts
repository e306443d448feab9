import { ApiProperty } from '@nestjs/swagger';

export class EventTypeDto {
  @ApiProperty({ example: 'ticket.assigned' })
  type!: string;

  @ApiProperty({ description: 'When it is recorded.', example: 'A ticket was given to a person.' })
  description!: string;

  @ApiProperty({ description: 'The type of its subject.', example: 'ticket' })
  subject!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'JSON Schema (2020-12) of `type`, `subject`, `data` and `changes` of such an event.',
  })
  schema!: Record<string, unknown>;
}
