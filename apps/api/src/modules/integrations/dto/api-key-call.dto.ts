import { ApiProperty } from '@nestjs/swagger';

export class ApiKeyCallDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'GET' })
  method!: string;

  @ApiProperty({
    example: '/api/v1/tickets?limit=25&q=…',
    description: 'Values of the query that could be personal or secret are left out.',
  })
  path!: string;

  @ApiProperty({ type: 'integer', example: 200 })
  status!: number;

  @ApiProperty({ type: String, nullable: true, example: 'auth.forbidden' })
  errorCode!: string | null;

  @ApiProperty({ type: 'integer', description: 'Milliseconds until the answer was out.' })
  duration!: number;

  @ApiProperty({ example: '203.0.113.7' })
  address!: string;

  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;

  @ApiProperty()
  requestId!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The names and sizes of what was sent, never a value. Null when nothing was.',
    example: { type: 'object', fields: { subject: { type: 'string', length: 24 } } },
  })
  body!: Record<string, unknown> | null;
}
