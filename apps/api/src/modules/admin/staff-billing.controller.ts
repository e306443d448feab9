import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import { NewOverrideDto } from './dto/override.dto.js';
import { StaffBillingDto } from './dto/staff-billing.dto.js';
import { StaffInvoiceDto } from './dto/staff-invoice.dto.js';
import { StaffReasonDto } from './dto/staff-organization.dto.js';
import { StaffBilling } from './staff-billing.service.js';
import { StaffInvoices } from './staff-invoices.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin/organizations/:id')
@NotReplayed(
  'staff are in no organization, which answers are kept for; each is so already when asked again',
)
export class StaffBillingController {
  constructor(
    private readonly billing: StaffBilling,
    private readonly invoices: StaffInvoices,
  ) {}

  @Get('billing')
  @ApiOperation({ summary: 'The plan that it has taken, and what is given to it instead' })
  @RequireStaff('billing:read')
  @ApiData(StaffBillingDto)
  async of(@IdParam() id: string) {
    return new DataResponse(await this.billing.of(id));
  }

  @Put('override')
  @ApiOperation({ summary: 'Give it something else than its plan says, until a day' })
  @RequireStaff('billing:write')
  @ApiData(StaffBillingDto)
  async give(@IdParam() id: string, @Body() dto: NewOverrideDto) {
    return new DataResponse(await this.billing.give(id, dto));
  }

  @Delete('override')
  @ApiOperation({ summary: 'Let its plan alone say what it has' })
  @RequireStaff('billing:write')
  @ApiData(StaffBillingDto)
  async end(@IdParam() id: string) {
    return new DataResponse(await this.billing.end(id));
  }

  @Get('invoices')
  @ApiOperation({ summary: 'Its invoices and credit notes, the newest first' })
  @RequireStaff('billing:read')
  @ApiPage(StaffInvoiceDto)
  async list(@IdParam() id: string, @Query() page: PageQuery) {
    return new PaginatedResponse(await this.invoices.list(id, page.toRequest()));
  }

  @Put('invoices/:invoiceId/payment')
  @ApiOperation({ summary: 'Mark an invoice as paid; what was withheld is back at once' })
  @RequireStaff('billing:write')
  @ApiData(StaffInvoiceDto)
  async pay(
    @IdParam() id: string,
    @IdParam('invoiceId') invoiceId: string,
    @Body() { reason }: StaffReasonDto,
  ) {
    return new DataResponse(await this.invoices.markPaid(id, invoiceId, reason));
  }

  @Put('invoices/:invoiceId/credit')
  @ApiOperation({ summary: 'Take an invoice back as a whole by a credit note' })
  @RequireStaff('billing:write')
  @ApiData(StaffInvoiceDto)
  async credit(
    @IdParam() id: string,
    @IdParam('invoiceId') invoiceId: string,
    @Body() { reason }: StaffReasonDto,
  ) {
    return new DataResponse(await this.invoices.credit(id, invoiceId, reason));
  }
}
