import { ApiProperty } from '@nestjs/swagger';
import { SubscriptionDto } from '#modules/billing/dto/subscription.dto.js';
import { OverrideDto } from './override.dto.js';

/** What an organization has taken, and what is given to it instead. */
export class StaffBillingDto {
  @ApiProperty({
    type: SubscriptionDto,
    nullable: true,
    description: 'Null: it has taken no plan.',
  })
  subscription!: SubscriptionDto | null;

  @ApiProperty({ type: OverrideDto, nullable: true })
  override!: OverrideDto | null;
}
