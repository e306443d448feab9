import { ApiProperty } from '@nestjs/swagger';
import { Count } from './counts.js';

class QueueCountsDto {
  @Count()
  waiting!: number;

  @Count()
  active!: number;

  @Count('Those that are tried again later.')
  delayed!: number;

  @Count('Those that were given up and are kept.')
  failed!: number;

  @Count('Since the job was added that waits longest.')
  oldestWaitingSeconds!: number;
}

class ProcessDto {
  @ApiProperty({ example: 'desk-api-5d8f' })
  host!: string;

  @ApiProperty({ type: 'integer', example: 4711 })
  id!: number;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
}

class TroubleCountsDto {
  @Count('Replies of the last 24 hours that could not be mailed.')
  mailsFailed!: number;

  @Count('Mails of the last 24 hours that were not taken in.')
  mailsRejected!: number;

  @Count('Endpoints that fail and are still tried.')
  webhookEndpointsFailing!: number;

  @Count('Endpoints that were turned off because they failed.')
  webhookEndpointsDisabled!: number;

  @Count('Deliveries that wait.')
  webhookDeliveriesWaiting!: number;
}

export class OperationsDto extends TroubleCountsDto {
  @ApiProperty()
  queue!: QueueCountsDto;

  @Count('Mails of the last 24 hours to people of the desk that could not be sent.')
  accountMailsFailed!: number;

  @Count('Events that are not handed to the queue yet; 10,000 stands for more.')
  eventsWaiting!: number;

  @Count('Age of the oldest of them.')
  outboxLagSeconds!: number;

  @ApiProperty({
    description: 'The process that answered, which its routes and statements are of.',
  })
  process!: ProcessDto;
}

export class TroubledOrganizationDto extends TroubleCountsDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;

  @ApiProperty({ example: 'acme-support-4f2k' })
  slug!: string;
}
