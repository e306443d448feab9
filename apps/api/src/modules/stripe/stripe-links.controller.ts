import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ChoiceDto } from '#modules/billing/dto/choice.dto.js';
import { LinkDto } from './dto/link.dto.js';
import { StripeLinks } from './stripe-links.service.js';

@ApiTags('Billing')
@Controller('api/v1/billing')
@NotReplayed('a link is good for minutes: asked again there is another')
export class StripeLinksController {
  constructor(private readonly links: StripeLinks) {}

  @Post('checkouts')
  @ApiOperation({ summary: 'Open a checkout of the provider, where a plan is taken and paid' })
  @RequirePermission('billing:write')
  @ApiData(LinkDto, 201)
  async checkout(@Body() choice: ChoiceDto) {
    return new DataResponse(await this.links.checkout(choice));
  }

  @Post('portals')
  @ApiOperation({ summary: "Open the provider's own pages: ways to pay, invoices, address" })
  @RequirePermission('billing:write')
  @ApiData(LinkDto, 201)
  async portal() {
    return new DataResponse(await this.links.portal());
  }
}
