import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { INTERVALS, type Interval } from '../periods.js';

const MOST_SEATS = 100_000;

export class ChoiceDto {
  @ApiProperty({ example: 'team', maxLength: 50 })
  @Matches(/^[a-z][a-z0-9-]{0,49}$/, { message: 'must be the id of a plan' })
  planId!: string;

  @ApiProperty({ enum: INTERVALS })
  @IsIn(INTERVALS)
  interval!: Interval;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_SEATS, example: 5 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_SEATS)
  seats!: number;
}
