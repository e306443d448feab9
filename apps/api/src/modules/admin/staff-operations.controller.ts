import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEFAULT_LIMIT } from '#core/database/page.js';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import {
  FailedJobDto,
  FailedJobsQuery,
  RetriedJobsDto,
  RetryJobsDto,
  SkippingQuery,
} from './dto/failed-job.dto.js';
import { RouteTimesDto, SlowStatementDto } from './dto/process-times.dto.js';
import { OperationsDto, TroubledOrganizationDto } from './dto/staff-operations.dto.js';
import { FailedJobs } from './failed-jobs.service.js';
import { StaffOperations } from './staff-operations.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin/operations')
@NotReplayed(
  'staff are in no organization, which answers are kept for; a job that waits is not failed',
)
export class StaffOperationsController {
  constructor(
    private readonly operations: StaffOperations,
    private readonly jobs: FailedJobs,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The queue, the outbox, and what failed in the last day' })
  @RequireStaff('operations:read')
  @ApiData(OperationsDto)
  async overview() {
    return new DataResponse(await this.operations.overview());
  }

  @Get('organizations')
  @ApiOperation({ summary: 'The organizations in which mails or webhooks fail, the most first' })
  @RequireStaff('operations:read')
  @ApiPage(TroubledOrganizationDto)
  async troubled(@Query() { skip = 0, limit = DEFAULT_LIMIT }: SkippingQuery) {
    return new PaginatedResponse(await this.operations.troubled(skip, limit));
  }

  @Get('failed-jobs')
  @ApiOperation({ summary: 'Jobs that were given up, the last one first' })
  @RequireStaff('operations:read')
  @ApiPage(FailedJobDto)
  async failedJobs(@Query() { skip = 0, limit = DEFAULT_LIMIT, organizationId }: FailedJobsQuery) {
    return new PaginatedResponse(await this.jobs.list(skip, limit, organizationId));
  }

  @Post('retries')
  @ApiOperation({ summary: 'Try jobs that were given up once more' })
  @RequireStaff('operations:write')
  @ApiData(RetriedJobsDto, 201)
  async retry(@Body() { jobIds }: RetryJobsDto) {
    return new DataResponse(await this.jobs.retry(jobIds));
  }

  @Get('routes')
  @ApiOperation({ summary: 'How the process that answers did, by route; the most time first' })
  @RequireStaff('operations:read')
  @ApiPage(RouteTimesDto)
  async routes() {
    return new PaginatedResponse(await this.operations.routes());
  }

  @Get('slow-statements')
  @ApiOperation({ summary: 'Slow statements of the process that answers, by route' })
  @RequireStaff('operations:read')
  @ApiPage(SlowStatementDto)
  slowStatements() {
    return new PaginatedResponse(this.operations.slowStatements());
  }
}
