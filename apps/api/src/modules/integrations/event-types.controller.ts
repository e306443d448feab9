import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { wholePage } from '#core/database/page.js';
import { ApiPage } from '#core/http/api-responses.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { EventCatalogue } from '#core/ledger/event-catalogue.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { EventTypeDto } from './dto/event-type.dto.js';
import { toEventTypeDto } from './event-types.view.js';

@ApiTags('Events')
@Controller('api/v1/event-types')
export class EventTypesController {
  constructor(private readonly catalogue: EventCatalogue) {}

  @Get()
  @ApiOperation({
    summary: 'Every type of event: when it is recorded and what it carries',
  })
  @RequirePermission('events:read')
  @ApiPage(EventTypeDto)
  list() {
    return new PaginatedResponse(wholePage(this.catalogue.declarations.map(toEventTypeDto)));
  }
}
