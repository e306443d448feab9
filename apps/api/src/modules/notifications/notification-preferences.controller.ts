import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { NotificationPreferencesDto } from './dto/notification-preferences.dto.js';
import { Preferences } from './notification-preferences.service.js';

@ApiTags('Notifications')
@Controller('api/v1/me/notification-preferences')
export class NotificationPreferencesController {
  constructor(private readonly preferences: Preferences) {}

  @Get()
  @ApiOperation({ summary: 'What you are told of here, and how' })
  @RequirePermission('tickets:read')
  @ApiData(NotificationPreferencesDto)
  async get() {
    return new DataResponse(await this.preferences.mine());
  }

  @Put()
  @ApiOperation({ summary: 'Choose what you are told of here, and how' })
  @RequirePermission('tickets:read')
  @ApiData(NotificationPreferencesDto)
  async change(@Body() wanted: NotificationPreferencesDto) {
    return new DataResponse(await this.preferences.change(wanted));
  }
}
