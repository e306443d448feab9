import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

const A_DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const PROBLEM = { message: 'must be a day, such as 2026-01-31' };

export class UsageQuery {
  @ApiPropertyOptional({ example: '2026-01-01', description: 'The first day, in UTC.' })
  @IsOptional()
  @Matches(A_DAY, PROBLEM)
  from?: string;

  @ApiPropertyOptional({ example: '2026-02-01', description: 'The day after the last one.' })
  @IsOptional()
  @Matches(A_DAY, PROBLEM)
  to?: string;
}

export class DayUsageDto {
  @ApiProperty({ example: '2026-01-31' })
  day!: string;

  @ApiProperty({ type: 'integer' })
  quantity!: number;
}

export class MeterUsageDto {
  @ApiProperty({
    example: 'tickets',
    description:
      'tickets, messages, mails and calls of each day; seats and storageBytes as they stood.',
  })
  meter!: string;

  @ApiProperty({ type: [DayUsageDto], description: 'Days without any are left out.' })
  days!: DayUsageDto[];
}

export class UsageDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty({ type: [MeterUsageDto] })
  meters!: MeterUsageDto[];
}
