import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { BehindFeature } from '#core/tenancy/feature-registry.js';
import { PresenceDto, ShowPresenceDto } from './dto/presence.dto.js';
import { PresenceService } from './presence.service.js';

@ApiTags('Tickets')
@Controller('api/v1/tickets/:id/presence')
@BehindFeature('presence')
@NotReplayed('it is so already when it is asked again')
export class PresenceController {
  constructor(private readonly presence: PresenceService) {}

  @Get()
  @ApiOperation({ summary: 'Who has the ticket open, and who is typing' })
  @RequirePermission('tickets:read')
  @ApiData(PresenceDto)
  async at(@IdParam() ticketId: string) {
    return new DataResponse(await this.presence.at(ticketId));
  }

  @Put()
  @ApiOperation({ summary: 'Say that you have it open, or are typing' })
  @RequirePermission('tickets:read')
  @ApiData(PresenceDto)
  async show(@IdParam() ticketId: string, @Body() { state }: ShowPresenceDto) {
    return new DataResponse(await this.presence.show(ticketId, state));
  }

  @Delete()
  @ApiOperation({ summary: 'Say that you have left it' })
  @RequirePermission('tickets:read')
  @ApiMessage()
  async leave(@IdParam() ticketId: string) {
    await this.presence.leave(ticketId);
    return new MessageResponse('You have left the ticket.');
  }
}
