import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission, SignedIn } from '#core/tenancy/access.decorators.js';
import { CurrentSupportDto, GrantDto, SupportAccessDto } from './dto/support-access.dto.js';
import { SupportAccesses } from './support-accesses.service.js';

@ApiTags('Support access')
@Controller('api/v1/support-accesses')
export class SupportAccessesController {
  constructor(private readonly accesses: SupportAccesses) {}

  @Get()
  @ApiOperation({ summary: 'What the staff of the deployment asked to look at, the newest first' })
  @RequirePermission('support_access:grant')
  @ApiPage(SupportAccessDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.accesses.list(page.toRequest()));
  }

  @Get('current')
  @ApiOperation({ summary: 'Who of the staff of the deployment may look now, and until when' })
  @SignedIn('everybody may know who can see what they do')
  @ApiPage(CurrentSupportDto)
  async current() {
    return new PaginatedResponse(await this.accesses.current());
  }

  @Put(':id/grant')
  @ApiOperation({ summary: 'Let them look for so many hours' })
  @RequirePermission('support_access:grant')
  @ApiData(SupportAccessDto)
  async grant(@IdParam() id: string, @Body() { hours }: GrantDto) {
    return new DataResponse(await this.accesses.grant(id, hours));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Refuse it, or take it back at once' })
  @RequirePermission('support_access:grant')
  @ApiMessage()
  async end(@IdParam() id: string) {
    await this.accesses.end(id);
    return new MessageResponse('They may not look any more.');
  }
}
