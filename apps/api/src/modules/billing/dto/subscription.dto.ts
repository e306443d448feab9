import { ApiProperty } from '@nestjs/swagger';
import { INTERVALS, type Interval } from '../periods.js';
import { STATUSES as SUBSCRIPTION_STATUSES, type Status } from '../subscription-machine.js';

export { SUBSCRIPTION_STATUSES };

const time = { type: String, format: 'date-time' } as const;

export class PlannedDto {
  @ApiProperty({ example: 'team' })
  planId!: string;

  @ApiProperty({ type: 'integer' })
  planVersion!: number;

  @ApiProperty({ enum: INTERVALS })
  interval!: Interval;

  @ApiProperty({ type: 'integer' })
  seats!: number;
}

export class SubscriptionDto extends PlannedDto {
  @ApiProperty({ enum: SUBSCRIPTION_STATUSES })
  status!: Status;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ type: 'integer', description: 'A period without tax, in the smallest unit.' })
  price!: number;

  @ApiProperty({ ...time, nullable: true })
  trialEndsAt!: string | null;

  @ApiProperty(time)
  periodStart!: string;

  @ApiProperty(time)
  periodEnd!: string;

  @ApiProperty({ ...time, nullable: true, description: 'When the oldest unpaid invoice is due.' })
  owedSince!: string | null;

  @ApiProperty({
    ...time,
    nullable: true,
    description: 'From when on nothing can be changed, if what is owed stays unpaid.',
  })
  readOnlyFrom!: string | null;

  @ApiProperty({
    ...time,
    nullable: true,
    description: 'From when on nothing can be read either, if what is owed stays unpaid.',
  })
  suspendedFrom!: string | null;

  @ApiProperty({ description: 'Cancelled: over when the period is.' })
  endsWithPeriod!: boolean;

  @ApiProperty({ ...time, nullable: true })
  canceledAt!: string | null;

  @ApiProperty({ type: PlannedDto, nullable: true, description: 'From the next period on.' })
  next!: PlannedDto | null;
}
