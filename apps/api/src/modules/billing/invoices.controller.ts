import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiData, ApiPage, ApiRaw } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { InvoiceDto } from './dto/invoice.dto.js';
import { Invoices } from './invoices.service.js';

@ApiTags('Billing')
@Controller('api/v1/billing/invoices')
export class InvoicesController {
  constructor(private readonly invoices: Invoices) {}

  @Get()
  @ApiOperation({ summary: 'Invoices and credit notes, the newest first' })
  @RequirePermission('billing:read')
  @ApiPage(InvoiceDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.invoices.list(page.toRequest()));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One invoice or credit note' })
  @RequirePermission('billing:read')
  @ApiData(InvoiceDto)
  async get(@IdParam() id: string) {
    return new DataResponse(await this.invoices.get(id));
  }

  @Get(':id/document')
  @ApiOperation({ summary: 'The same as a PDF' })
  @RequirePermission('billing:read')
  @ApiRaw('application/pdf')
  async document(@IdParam() id: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, await this.invoices.paper(id));
  }
}

function send(reply: FastifyReply, { name, bytes }: { name: string; bytes: Buffer }): void {
  // Numbers are letters, digits and a dash: nothing in a name of a file needs to be escaped.
  reply.headers({
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  });
  reply.type('application/pdf').send(bytes);
}
