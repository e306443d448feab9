import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiData, ApiPage, ApiRaw } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import { PrincipalResolver, type Principal } from '#core/tenancy/principal.js';
import { AuditExports, type ExportedFile } from './audit-exports.service.js';
import { AuditVerification } from './audit-verification.service.js';
import { AuditService, SEQ_FORM } from './audit.service.js';
import { AuditEventDto } from './dto/audit-event.dto.js';
import { AuditEventsQuery, AuditExportQuery } from './dto/audit.query.js';
import { VerificationDto } from './dto/verification.dto.js';
import { USUAL_STRETCH, VerificationQuery } from './dto/verification.query.js';
import { filterOf } from './trail.js';

@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly exports: AuditExports,
    private readonly verification: AuditVerification,
    private readonly principals: PrincipalResolver,
  ) {}

  @Get('events')
  @ApiOperation({
    summary: 'The trail: sign-ins, failures, changes of rights, use of keys; the newest first',
  })
  @RequirePermission('audit:read')
  @ApiPage(AuditEventDto)
  async list(@Query() query: AuditEventsQuery) {
    return new PaginatedResponse(await this.audit.list(filterOf(query), query.toRequest(SEQ_FORM)));
  }

  @Get('export')
  @ApiOperation({ summary: 'The trail, or the whole log, as a file that can be verified offline' })
  @RequirePermission('audit:read')
  @Costs(20)
  @ApiRaw('text/csv', 'application/x-ndjson')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() query: AuditExportQuery,
    @Req() request: FastifyRequest,
  ) {
    const { format, scope = 'trail' } = query;
    const isStillGood = () => this.#isStillGood(request);
    const reader = { principal, isStillGood };
    return fileAnswer(await this.exports.open({ format, scope, filter: filterOf(query), reader }));
  }

  @Get('verification')
  @ApiOperation({ summary: 'Make the hashes of the log anew and compare' })
  @RequirePermission('audit:read')
  @Costs(20)
  @ApiData(VerificationDto)
  async verify(@Query() { after = 0, limit = USUAL_STRETCH }: VerificationQuery) {
    return new DataResponse(await this.verification.verify(after, limit));
  }

  async #isStillGood({ headers, work }: FastifyRequest): Promise<boolean> {
    const credential = headers.authorization!.replace(/^Bearer +/i, '');
    const now = await this.principals.resolve(credential);
    if (work?.origin) now?.admit?.(work.origin);
    return now !== null && now.permissions.has('audit:read');
  }
}

function fileAnswer({ name, mediaType, chunks }: ExportedFile): StreamableFile {
  // One chunk waits at most: a slow reader slows the reading of the log, and nothing piles up.
  const bytes = Readable.from(chunks, { highWaterMark: 1 });
  return new StreamableFile(bytes, {
    type: mediaType,
    disposition: `attachment; filename="${name}"`,
  });
}
