import { ApiProperty } from '@nestjs/swagger';

export class VerificationDto {
  @ApiProperty({ description: 'Whether every event that was looked at is as it was recorded.' })
  valid!: boolean;

  @ApiProperty({ description: 'Whether the end of the log was reached.' })
  complete!: boolean;

  @ApiProperty({ type: 'integer', description: 'Events that were looked at.' })
  events!: number;

  @ApiProperty({ type: 'integer', description: 'Of those, events whose content was erased.' })
  erased!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  fromSeq!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  toSeq!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The seq of the first that is not.',
  })
  firstBroken!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'What is wrong with it.' })
  problem!: string | null;

  @ApiProperty({ type: 'integer', description: 'Events in the log.' })
  headSeq!: number;

  @ApiProperty({
    description: 'The hash of the last event: note it, and an export can be held to it.',
  })
  headHash!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Send it as `after` to go on.' })
  nextAfter!: number | null;
}
