import { Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { NotificationDto } from './dto/notification.dto.js';
import { NotificationsQuery, ReadingQuery } from './dto/notifications.query.js';
import { NotificationsService } from './notifications.service.js';

const UNREAD = { unread: { type: 'integer', description: 'Unread ones in all, counted to 100.' } };

@ApiTags('Notifications')
@Controller('api/v1/me/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @ApiOperation({ summary: 'What you were told of, the newest first' })
  @RequirePermission('tickets:read')
  @ApiPage(NotificationDto, UNREAD)
  async list(@CurrentPrincipal() { permissions }: Principal, @Query() query: NotificationsQuery) {
    const filter = { unread: query.unread === 'true', kind: query.kind };
    const found = await this.notifications.list(permissions, filter, query.toRequest());
    return Object.assign(new PaginatedResponse(found.page), { unread: found.unread });
  }

  @Put('reading')
  @ApiOperation({ summary: 'Note that you have read all of them, or those about a ticket' })
  @RequirePermission('tickets:read')
  @ApiMessage()
  async readAll(@Query() { ticketId }: ReadingQuery) {
    await this.notifications.readAll(ticketId);
    return new MessageResponse('They are read.');
  }

  @Put(':id/reading')
  @ApiOperation({ summary: 'Note that you have read one' })
  @RequirePermission('tickets:read')
  @ApiData(NotificationDto)
  async read(@CurrentPrincipal() { permissions }: Principal, @IdParam() id: string) {
    return new DataResponse(await this.notifications.read(permissions, id));
  }
}
