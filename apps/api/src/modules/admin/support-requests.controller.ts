import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { CurrentStaff, RequireStaff } from '#core/tenancy/staff.decorators.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { BreakGlass } from './break-glass.service.js';
import {
  NewSupportAccessDto,
  StaffSupportAccessDto,
  SupportCredentialDto,
} from './dto/support-request.dto.js';
import { SupportRequests } from './support-requests.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin/support-accesses')
@NotReplayed('staff are in no organization, which answers are kept for; asking twice asks twice')
export class SupportRequestsController {
  constructor(
    private readonly requests: SupportRequests,
    private readonly glass: BreakGlass,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What the staff asked organizations for, the newest first' })
  @RequireStaff('support_access:ask')
  @ApiPage(StaffSupportAccessDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.requests.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Ask an organization to let you look' })
  @RequireStaff('support_access:ask')
  @ApiData(StaffSupportAccessDto, 201)
  async ask(@CurrentStaff() staff: StaffPrincipal, @Body() dto: NewSupportAccessDto) {
    return new DataResponse(await this.requests.ask(staff, dto));
  }

  @Post(':id/credentials')
  @ApiOperation({ summary: 'A credential to look with, while the access lasts' })
  @RequireStaff('support_access:ask')
  @ApiData(SupportCredentialDto, 201)
  async enter(@CurrentStaff() staff: StaffPrincipal, @IdParam() id: string) {
    return new DataResponse(await this.requests.enter(staff, id));
  }

  @Put(':id/break-glass')
  @ApiOperation({ summary: 'Let the asker in without the organization, as one of two operators' })
  @RequireStaff('support_access:break_glass')
  @ApiData(StaffSupportAccessDto)
  async breakGlass(@CurrentStaff() staff: StaffPrincipal, @IdParam() id: string) {
    return new DataResponse(await this.glass.agree(staff, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Give your access back, or withdraw the question' })
  @RequireStaff('support_access:ask')
  @ApiMessage()
  async giveBack(@CurrentStaff() staff: StaffPrincipal, @IdParam() id: string) {
    await this.requests.giveBack(staff, id);
    return new MessageResponse('The access has ended.');
  }
}
