import { Body, Controller, Delete, Put, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeenVersion } from '#core/context/version.js';
import { ApiData } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { AssignmentDto } from './dto/assignment.dto.js';
import { TicketDto } from './dto/ticket.dto.js';
import { TicketResponse } from './dto/ticket.response.js';
import { ClosureDto, SnoozeDto, TicketRequesterChangeDto } from './dto/ticket-steps.dto.js';
import { HiddenNotes } from './hidden-notes.interceptor.js';
import { TicketLifecycle } from './ticket-lifecycle.service.js';

@ApiTags('Tickets')
@UseInterceptors(HiddenNotes)
@Controller('api/v1/tickets/:id')
export class TicketLifecycleController {
  constructor(private readonly lifecycle: TicketLifecycle) {}

  @Put('assignment')
  @ApiOperation({ summary: 'Give the ticket to a person, a team or both' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async assign(@IdParam() id: string, @Body() to: AssignmentDto, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.assign(id, to, seen));
  }

  @Delete('assignment')
  @ApiOperation({ summary: 'Leave the ticket to nobody' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async unassign(@IdParam() id: string, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.unassign(id, seen));
  }

  @Put('take')
  @ApiOperation({ summary: 'Take the ticket if nobody has it; 409 says who does' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async take(@CurrentPrincipal() { actor }: Principal, @IdParam() id: string) {
    return new TicketResponse(await this.lifecycle.take(id, actor));
  }

  @Put('requester')
  @ApiOperation({ summary: 'Say that another customer asks' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async setRequester(
    @IdParam() id: string,
    @Body() { requesterId }: TicketRequesterChangeDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return new TicketResponse(await this.lifecycle.setRequester(id, requesterId, seen));
  }

  @Put('snooze')
  @ApiOperation({
    summary: 'Put the ticket out of sight until later, or until the customer writes',
  })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async snooze(@IdParam() id: string, @Body() { until }: SnoozeDto, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.snooze(id, until, seen));
  }

  @Delete('snooze')
  @ApiOperation({ summary: 'Bring the ticket back into sight' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async wake(@IdParam() id: string, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.wake(id, seen));
  }

  @Put('closure')
  @ApiOperation({ summary: 'Close the ticket' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async close(@IdParam() id: string, @Body() as: ClosureDto, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.close(id, as.stateId, seen));
  }

  @Delete('closure')
  @ApiOperation({ summary: 'Open a closed ticket again' })
  @RequirePermission('tickets:write')
  @ApiData(TicketDto)
  async reopen(@IdParam() id: string, @IfMatch() seen: SeenVersion) {
    return new TicketResponse(await this.lifecycle.reopen(id, seen));
  }
}
