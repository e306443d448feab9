import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import { StaffActDto, StaffActsQuery } from './dto/staff-act.dto.js';
import { CreatedStaffDto, NewStaffDto, StaffDto } from './dto/staff.dto.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffDirectory } from './staff-directory.service.js';
import { StaffMembers } from './staff-members.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin')
@NotReplayed(
  'staff are in no organization, which answers are kept for; an address is of one person',
)
export class StaffController {
  constructor(
    private readonly members: StaffMembers,
    private readonly directory: StaffDirectory,
    private readonly acts: StaffActs,
  ) {}

  @Get('staff')
  @ApiOperation({ summary: 'The staff, the newest first' })
  @RequireStaff('staff:read')
  @ApiPage(StaffDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.directory.list(page.toRequest()));
  }

  @Post('staff')
  @ApiOperation({ summary: 'Make somebody one of the staff' })
  @RequireStaff('staff:write')
  @ApiData(CreatedStaffDto, 201)
  async create(@Body() dto: NewStaffDto) {
    return new DataResponse(await this.members.create(dto));
  }

  @Delete('staff/:id')
  @ApiOperation({ summary: 'End what somebody of the staff may do, and their sessions' })
  @RequireStaff('staff:write')
  @ApiMessage()
  async end(@IdParam() id: string) {
    await this.members.end(id);
    return new MessageResponse('They are no longer of the staff.');
  }

  @Get('acts')
  @ApiOperation({ summary: 'What the staff did, the newest first' })
  @RequireStaff('acts:read')
  @ApiPage(StaffActDto)
  async actsOfStaff(@Query() query: StaffActsQuery) {
    return new PaginatedResponse(await this.acts.list(query.toRequest(), query.organizationId));
  }
}
