import { ApiProperty } from '@nestjs/swagger';
import { PlanDto } from '#modules/billing/dto/plan.dto.js';
import { Count } from './counts.js';

/** A version of a plan. */
export class StaffPlanDto extends PlanDto {
  @ApiProperty({ description: 'Whether it can be taken: the newest version alone ever can.' })
  isOffered!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @Count('Organizations that have exactly this version.')
  organizations!: number;
}
