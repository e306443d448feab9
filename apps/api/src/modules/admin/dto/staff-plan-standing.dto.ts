import { ApiProperty } from '@nestjs/swagger';
import { PLAN_ACCESSES, type PlanAccess } from '#core/tenancy/entitlement-terms.js';
import { SUBSCRIPTION_STATUSES } from '#modules/billing/dto/subscription.dto.js';

/** How a plan that was taken stands. */
export const STANDINGS = SUBSCRIPTION_STATUSES;
/** How much of some limit is used. */
export const USAGES = ['near_limit', 'over_limit'] as const;

/** The plan that an organization has. */
export class StaffPlanStandingDto {
  @ApiProperty({ example: 'team' })
  id!: string;

  @ApiProperty({
    type: String,
    enum: STANDINGS,
    nullable: true,
    description: 'Null: it took none, and has the plan of whoever takes none.',
  })
  status!: string | null;

  @ApiProperty({ enum: PLAN_ACCESSES, description: 'What the plan lets it do.' })
  access!: PlanAccess;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of the limit of which most is used, as of the last quarter of an hour.',
  })
  usedPercent!: number | null;
}
