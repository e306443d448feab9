import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DEFAULT_LIMIT } from '#core/database/page.js';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import { SkippingQuery } from './dto/failed-job.dto.js';
import { NewPlanVersionDto } from './dto/new-plan-version.dto.js';
import { StaffPlanDto } from './dto/staff-plan.dto.js';
import { StaffPlans } from './staff-plans.service.js';

const ID = { name: 'id', schema: { type: 'string' as const, pattern: '^[a-z][a-z0-9-]{0,49}$' } };

@ApiTags('Staff')
@Controller('api/v1/admin/plans')
@NotReplayed(
  'staff are in no organization, which answers are kept for; a version says which one it is based on',
)
export class StaffPlansController {
  constructor(private readonly plans: StaffPlans) {}

  @Get()
  @ApiOperation({ summary: 'The newest version of every plan, those that cannot be taken too' })
  @RequireStaff('plans:read')
  @ApiPage(StaffPlanDto)
  async list(@Query() { skip = 0, limit = DEFAULT_LIMIT }: SkippingQuery) {
    return new PaginatedResponse(await this.plans.list(skip, limit));
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'All versions of a plan, the newest first' })
  @ApiParam(ID)
  @RequireStaff('plans:read')
  @ApiPage(StaffPlanDto)
  async versions(
    @Param('id') id: string,
    @Query() { skip = 0, limit = DEFAULT_LIMIT }: SkippingQuery,
  ) {
    return new PaginatedResponse(await this.plans.versions(id, skip, limit));
  }

  @Post(':id/versions')
  @ApiOperation({ summary: 'Offer a plan, or a new version; who has an older one keeps it' })
  @ApiParam(ID)
  @RequireStaff('plans:write')
  @ApiData(StaffPlanDto, 201)
  async publish(@Param('id') id: string, @Body() dto: NewPlanVersionDto) {
    return new DataResponse(await this.plans.publish(id, dto));
  }
}
