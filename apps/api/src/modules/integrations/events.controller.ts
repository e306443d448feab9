import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEFAULT_LIMIT } from '#core/database/page.js';
import { ApiPage, ApiRaw } from '#core/http/api-responses.js';
import { HoldsOpen } from '#core/http/costs.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { EventCatalogue } from '#core/ledger/event-catalogue.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import { PrincipalResolver, type Principal } from '#core/tenancy/principal.js';
import { EventDto } from './dto/event.dto.js';
import { EventsQuery, EventStreamQuery } from './dto/events.query.js';
import { readFilter } from './event-filter.js';
import { readerOf } from './event-reader.js';
import { EventRetention } from './event-retention.service.js';
import { goneSignal, openEventStream, resumeAfter } from './event-stream.http.js';
import { EventStreams } from './event-streams.service.js';
import { EventWaits } from './event-waits.service.js';
import type { EventStretch } from './events.service.js';

const FEED_FIELDS = {
  nextAfter: { type: 'integer', description: 'Send it as `after` to go on.' },
  hasMore: { type: 'boolean' },
};

@ApiTags('Events')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly waits: EventWaits,
    private readonly streams: EventStreams,
    private readonly retention: EventRetention,
    private readonly catalogue: EventCatalogue,
    private readonly principals: PrincipalResolver,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Everything that happened after a place in the log: in order, without a gap',
  })
  @RequirePermission('events:read')
  @HoldsOpen()
  @ApiPage(EventDto, FEED_FIELDS)
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit = DEFAULT_LIMIT, wait = 0, ...query }: EventsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const filter = readFilter(this.catalogue, query);
    const after = await this.retention.beginAfter(query.after);
    const asked = { after, limit, filter, wait: wait * 1000, gone: goneSignal(reply) };
    const reader = readerOf(principal, request, this.principals);
    return feedPage(await this.waits.read(reader, asked), limit);
  }

  @Get('stream')
  @ApiOperation({
    summary: 'The same as it happens, as server-sent events; resumes by Last-Event-ID',
  })
  @HoldsOpen()
  @ApiRaw('text/event-stream')
  @RequirePermission('events:read')
  async stream(
    @CurrentPrincipal() principal: Principal,
    @Query() query: EventStreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = readFilter(this.catalogue, query);
    const after = await this.retention.beginAfter(resumeAfter(lastEventId, query.after));
    const reader = readerOf(principal, request, this.principals);
    openEventStream(reply, (sink) => this.streams.open(reader, { after, filter }, sink));
  }
}

function feedPage(stretch: EventStretch, limit: number) {
  const { events, total, totalIsExact, nextAfter, hasMore } = stretch;
  const page = { items: events, total, totalIsExact, skip: 0, limit, nextCursor: null };
  return Object.assign(new PaginatedResponse(page), { nextAfter, hasMore });
}
