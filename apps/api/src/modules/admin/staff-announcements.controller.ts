import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { CurrentStaff, RequireStaff } from '#core/tenancy/staff.decorators.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { NewAnnouncementDto, StaffAnnouncementDto } from './dto/announcement.dto.js';
import { StaffAnnouncements } from './staff-announcements.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin/announcements')
@NotReplayed('staff are in no organization, which answers are kept for; said twice is told twice')
export class StaffAnnouncementsController {
  constructor(private readonly announcements: StaffAnnouncements) {}

  @Get()
  @ApiOperation({ summary: 'What was announced, the newest first' })
  @RequireStaff('announcements:read')
  @ApiPage(StaffAnnouncementDto)
  async list(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.announcements.list(page.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Announce something to the people of every organization' })
  @RequireStaff('announcements:write')
  @ApiData(StaffAnnouncementDto, 201)
  async announce(@CurrentStaff() staff: StaffPrincipal, @Body() dto: NewAnnouncementDto) {
    return new DataResponse(await this.announcements.announce(staff, dto));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take an announcement back' })
  @RequireStaff('announcements:write')
  @ApiMessage()
  async withdraw(@IdParam() id: string) {
    await this.announcements.withdraw(id);
    return new MessageResponse('It is told no more.');
  }
}
