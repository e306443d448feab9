import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '#core/http/api-responses.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { SignedIn } from '#core/tenancy/access.decorators.js';
import { Announcements } from './announcements.service.js';
import { AnnouncementDto } from './dto/announcement.dto.js';

@ApiTags('Organization')
@Controller('api/v1/announcements')
export class AnnouncementsController {
  constructor(private readonly announcements: Announcements) {}

  @Get()
  @ApiOperation({ summary: 'What whoever runs the desk tells everybody now, the newest first' })
  @SignedIn('it is told to everybody')
  @ApiPage(AnnouncementDto)
  async current() {
    return new PaginatedResponse(await this.announcements.current());
  }
}
