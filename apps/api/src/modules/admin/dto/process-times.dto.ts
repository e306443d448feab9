import { ApiProperty } from '@nestjs/swagger';
import { Count } from './counts.js';

export class RouteTimesDto {
  @ApiProperty({ example: 'GET' })
  method!: string;

  @ApiProperty({ example: '/api/v1/tickets/:id' })
  route!: string;

  @Count('Since the process began.')
  requests!: number;

  @Count('Answers of 500 and more.')
  failures!: number;

  @ApiProperty({ type: Number, minimum: 0 })
  meanMilliseconds!: number;

  @ApiProperty({
    type: Number,
    minimum: 0,
    nullable: true,
    description: 'The bound under which 19 of 20 answers stayed; null when it is past 10 seconds.',
  })
  p95Milliseconds!: number | null;
}

export class SlowStatementDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'GET /api/v1/tickets',
    description: 'The route, or what the job does; null for work by the clock.',
  })
  work!: string | null;

  @ApiProperty({ example: 'ticket_list' })
  statement!: string;

  @Count('How often it took 100 milliseconds or more, since the process began.')
  times!: number;

  @Count('Of those times.')
  meanMilliseconds!: number;

  @Count()
  worstMilliseconds!: number;

  @ApiProperty({ format: 'date-time' })
  lastAt!: string;
}
