import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { wholePage } from '#core/database/page.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { DraftDto, OwnDraftDto, PutDraftDto } from './dto/draft.dto.js';
import { DraftKindPipe } from './dto/draft-kind.pipe.js';
import { Drafts } from './drafts.service.js';
import type { DraftKind } from './message-terms.js';

/** Read by a pipe of its own, of which the document would not know. */
const KIND = { name: 'kind', enum: ['reply', 'note'] };

@ApiTags('Tickets')
@Controller('api/v1')
export class DraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Get('tickets/:id/drafts')
  @ApiOperation({ summary: 'What you are writing on the ticket' })
  @RequirePermission('tickets:write')
  @ApiPage(DraftDto)
  async of(@IdParam() ticketId: string) {
    return new PaginatedResponse(wholePage(await this.drafts.of(ticketId)));
  }

  @Put('tickets/:id/drafts/:kind')
  @ApiOperation({ summary: 'Keep what you have typed; If-Match keeps two windows apart' })
  @RequirePermission('tickets:write')
  @ApiParam(KIND)
  @ApiData(DraftDto)
  async put(
    @IdParam() ticketId: string,
    @Param('kind', DraftKindPipe) kind: DraftKind,
    @Body() content: PutDraftDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return tagged(await this.drafts.put(ticketId, kind, content, seen));
  }

  @Delete('tickets/:id/drafts/:kind')
  @ApiOperation({ summary: 'Throw it away' })
  @RequirePermission('tickets:write')
  @ApiParam(KIND)
  @ApiMessage()
  async discard(@IdParam() ticketId: string, @Param('kind', DraftKindPipe) kind: DraftKind) {
    await this.drafts.discard(ticketId, kind);
    return new MessageResponse('The draft is gone.');
  }

  @Get('me/drafts')
  @ApiOperation({ summary: 'What you are writing on all tickets, the newest first' })
  @RequirePermission('tickets:write')
  @ApiPage(OwnDraftDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.drafts.list(page.toRequest()));
  }
}

function tagged(draft: DraftDto): DataResponse<DraftDto> {
  return new DataResponse(draft, etagOf(draft.version));
}
