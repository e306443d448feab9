import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { BillingProfile } from './billing-profile.service.js';
import { ChoiceDto } from './dto/choice.dto.js';
import { PlanDto } from './dto/plan.dto.js';
import { PreviewDto } from './dto/preview.dto.js';
import { BillingProfileDto } from './dto/profile.dto.js';
import { SubscriptionDto } from './dto/subscription.dto.js';
import { Plans } from './plans.service.js';
import { Subscriptions } from './subscriptions.service.js';

@ApiTags('Billing')
@Controller('api/v1/billing')
@NotReplayed('it is so already when it is asked again')
export class BillingController {
  constructor(
    private readonly plans: Plans,
    private readonly subscriptions: Subscriptions,
    private readonly profile: BillingProfile,
  ) {}

  @Get('plans')
  @ApiOperation({ summary: 'The plans that can be taken, the cheapest first' })
  @RequirePermission('billing:read')
  @ApiPage(PlanDto)
  async listPlans() {
    return new PaginatedResponse(await this.plans.offered());
  }

  @Get('subscription')
  @ApiOperation({ summary: 'The plan of the organization' })
  @RequirePermission('billing:read')
  @ApiData(SubscriptionDto)
  async get() {
    return new DataResponse(await this.subscriptions.current());
  }

  @Get('subscription/preview')
  @ApiOperation({ summary: 'What a plan, or a change of it, would cost; changes nothing' })
  @RequirePermission('billing:read')
  @ApiData(PreviewDto)
  async preview(@Query() choice: ChoiceDto) {
    return new DataResponse(await this.subscriptions.preview(choice));
  }

  @Put('subscription')
  @ApiOperation({ summary: 'Take a plan, another one, or another number of seats' })
  @RequirePermission('billing:write')
  @ApiData(SubscriptionDto)
  async take(@Body() choice: ChoiceDto) {
    return new DataResponse(await this.subscriptions.take(choice));
  }

  @Put('subscription/cancellation')
  @ApiOperation({ summary: 'Cancel the plan: it ends with the period that is paid' })
  @RequirePermission('billing:write')
  @ApiData(SubscriptionDto)
  async cancel() {
    return new DataResponse(await this.subscriptions.cancel());
  }

  @Delete('subscription/cancellation')
  @ApiOperation({ summary: 'Stay by the plan after all, while its period lasts' })
  @RequirePermission('billing:write')
  @ApiData(SubscriptionDto)
  async keep() {
    return new DataResponse(await this.subscriptions.keep());
  }

  @Get('profile')
  @ApiOperation({ summary: 'Whom invoices are made out to' })
  @RequirePermission('billing:read')
  @ApiData(BillingProfileDto)
  async getProfile() {
    return new DataResponse(await this.profile.get());
  }

  @Put('profile')
  @ApiOperation({ summary: 'Say whom invoices are made out to, from the next one on' })
  @RequirePermission('billing:write')
  @ApiData(BillingProfileDto)
  async putProfile(@Body() profile: BillingProfileDto) {
    return new DataResponse(await this.profile.put(profile));
  }
}
