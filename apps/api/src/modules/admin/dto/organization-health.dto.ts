import { ApiProperty } from '@nestjs/swagger';
import { Count } from './counts.js';
import { EntitlementDto } from '#modules/billing/dto/entitlements.dto.js';
import { StaffOrganizationDto } from './staff-organization.dto.js';

export class OrganizationLimitsDto {
  @Count('Bytes of files.')
  storageUsed!: number;

  @Count('Bytes that it may keep.')
  storageAllowed!: number;

  @Count('Calls in a minute; 0 is any number.')
  perMinute!: number;

  @Count('Calls at the same time on one process; 0 is any number.')
  concurrent!: number;
}

/** How an organization fares. Counts and times: nothing that it wrote. */
export class OrganizationHealthDto {
  @ApiProperty()
  organization!: StaffOrganizationDto;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastActiveAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastEventAt!: string | null;

  @Count()
  activePeople!: number;

  @Count()
  tickets!: number;

  @Count()
  events!: number;

  @Count('Events that are not handed to the jobs yet.')
  eventsWaiting!: number;

  @Count('In the last 24 hours.')
  mailsFailed!: number;

  @Count('In the last 24 hours.')
  mailsSent!: number;

  @Count('In the last 24 hours.')
  mailsRejected!: number;

  @Count('Of the thousand jobs that were given up last.')
  jobsFailed!: number;

  @Count()
  webhookEndpoints!: number;

  @Count()
  webhookEndpointsFailing!: number;

  @Count()
  webhookEndpointsDisabled!: number;

  @Count('Deliveries that wait.')
  webhookDeliveriesWaiting!: number;

  @ApiProperty()
  limits!: OrganizationLimitsDto;

  @ApiProperty({ type: [EntitlementDto], description: 'What the plan bounds, with what is used.' })
  planLimits!: EntitlementDto[];
}
