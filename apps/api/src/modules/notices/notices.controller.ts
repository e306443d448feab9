import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { NoticeDto, NoticeMailDto } from './dto/notice.dto.js';
import { NoticePreview } from './notice-preview.service.js';

@ApiTags('Development')
@Controller('api/v1/development')
@Public(
  'it answers in development alone, where nobody has a mail server and who registers has no desk yet',
)
export class NoticesController {
  constructor(private readonly preview: NoticePreview) {}

  @Get('notices')
  @ApiOperation({ summary: 'Mails to people about their accounts; development only' })
  @ApiPage(NoticeDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.preview.list(page.toRequest()));
  }

  @Get('notices/:id')
  @ApiOperation({ summary: 'One of them as it was sent; development only' })
  @ApiData(NoticeMailDto)
  async read(@IdParam() id: string) {
    return new DataResponse(await this.preview.read(id));
  }

  @Get('notice-samples/:kind/:locale')
  @ApiOperation({ summary: 'How the notices of a kind look in a language; development only' })
  @ApiData(NoticeMailDto)
  async sample(@Param('kind') kind: string, @Param('locale') locale: string) {
    return new DataResponse(this.preview.sample(kind, locale));
  }
}
