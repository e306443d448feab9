import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, ApiRaw } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { OutboundMailDto } from './dto/outbound-mail.dto.js';
import { MailboxService } from './mailbox.service.js';

@ApiTags('E-mail')
@Controller('api/v1/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: MailboxService) {}

  @Get()
  @ApiOperation({ summary: 'The mails that were sent; development only' })
  @RequirePermission('mail:read')
  @ApiPage(OutboundMailDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.mailbox.list(page.toRequest()));
  }

  @Get(':id/raw')
  @ApiOperation({ summary: 'One of them as it was sent; development only' })
  @ApiRaw('message/rfc822')
  @RequirePermission('mail:read')
  async raw(@IdParam() id: string) {
    return new StreamableFile(await this.mailbox.raw(id), {
      type: 'message/rfc822',
      disposition: `attachment; filename="${id}.eml"`,
    });
  }
}
