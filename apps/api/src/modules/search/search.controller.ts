import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { FoundTicketDto } from './dto/found-ticket.dto.js';
import { SearchQueryDto } from './dto/search.query.js';
import { SEARCH_CURSOR } from './search-cursor.js';
import { Search } from './search.service.js';

@ApiTags('Search')
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly tickets: Search) {}

  @Get()
  @ApiOperation({ summary: 'Tickets by words in subject, messages and customer, with filters' })
  @RequirePermission('tickets:read')
  @Costs(5)
  @ApiPage(FoundTicketDto)
  async search(@CurrentPrincipal() reader: Principal, @Query() query: SearchQueryDto) {
    return new PaginatedResponse(
      await this.tickets.search(query.q, query.toRequest(SEARCH_CURSOR), {
        id: reader.actor.id,
        notes: reader.permissions.has('notes:read'),
        customers: reader.permissions.has('customers:read'),
      }),
    );
  }
}
