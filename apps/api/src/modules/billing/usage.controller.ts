import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { EntitlementsDto } from './dto/entitlements.dto.js';
import { UsageDto, UsageQuery } from './dto/usage.dto.js';
import { Usage } from './usage.service.js';

@ApiTags('Billing')
@Controller('api/v1/billing')
export class UsageController {
  constructor(private readonly usage: Usage) {}

  @Get('entitlements')
  @ApiOperation({ summary: 'What the plan has, and what is used of it' })
  @RequirePermission('billing:read')
  @ApiData(EntitlementsDto)
  async entitlements() {
    return new DataResponse(await this.usage.entitled());
  }

  @Get('usage')
  @ApiOperation({ summary: 'What was used on each day, the last 30 if not said otherwise' })
  @RequirePermission('billing:read')
  @ApiData(UsageDto)
  async byDay(@Query() { from, to }: UsageQuery) {
    return new DataResponse(await this.usage.byDay(from, to));
  }
}
