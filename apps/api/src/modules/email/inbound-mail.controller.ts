import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { InboundMailDto } from './dto/inbound-mail.dto.js';
import { MailTypeWrong } from './email.exceptions.js';
import { InboundMailService } from './inbound-mail.service.js';

@ApiTags('E-mail')
@Controller('api/v1/inbound/mail')
@NotReplayed('a mail is known by its Message-ID: the same one again is answered `duplicate`')
export class InboundMailController {
  constructor(private readonly mails: InboundMailService) {}

  @Post()
  @ApiOperation({ summary: 'Hand in a received mail, up to 25 MB, and learn what became of it' })
  @ApiConsumes('message/rfc822')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @RequirePermission('mail:write')
  @Costs(2)
  @ApiData(InboundMailDto, 201)
  async take(@Body() raw: unknown, @Headers('content-type') type: string | undefined) {
    return new DataResponse(await this.mails.take(asMail(raw, type)));
  }
}

function asMail(raw: unknown, type: string | undefined): Buffer<ArrayBuffer> {
  if (raw !== undefined && raw !== null && !Buffer.isBuffer(raw)) throw new MailTypeWrong();
  if (raw === undefined && type === undefined) throw new MailTypeWrong();
  return (raw ?? Buffer.alloc(0)) as Buffer<ArrayBuffer>;
}
