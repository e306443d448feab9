import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppConfig } from '#core/config/config.module.js';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { PaymentDto } from './dto/payment.dto.js';

@ApiTags('Billing')
@Controller('api/v1/billing/payment')
export class PaymentController {
  constructor(private readonly config: AppConfig) {}

  @Get()
  @ApiOperation({ summary: 'To whom and how the plan is paid' })
  @RequirePermission('billing:read')
  @ApiData(PaymentDto)
  get() {
    const { provider, seller, paymentTerms: terms, taxName } = this.config.settings.billing;
    return new DataResponse({ provider, seller, terms, taxName });
  }
}
