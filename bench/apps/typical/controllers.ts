import {
  Body,
  Controller,
  createParamDecorator,
  Get,
  Param,
  Post,
  Query,
  type ExecutionContext,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { Caller } from './api-key.guard.js';
import {
  CreateMessageDto,
  CreateTicketDto,
  EventDto,
  EventsQuery,
  MessageDto,
  PageQuery,
  TicketDto,
  TicketsQuery,
} from './dto.js';
import { EventsService } from './events.service.js';
import { TicketsService } from './tickets.service.js';

const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => context.switchToHttp().getRequest().caller,
);

@Controller('api/v1/tickets')
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @Get()
  async list(@CurrentCaller() caller: Caller, @Query() query: TicketsQuery) {
    const { data, ...page } = await this.tickets.list(caller, query);
    return { data: plainToInstance(TicketDto, data), ...page };
  }

  @Post()
  async create(@CurrentCaller() caller: Caller, @Body() ticket: CreateTicketDto) {
    return { data: plainToInstance(TicketDto, await this.tickets.create(caller, ticket)) };
  }

  @Get(':id')
  async get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return { data: plainToInstance(TicketDto, await this.tickets.get(caller, id)) };
  }

  @Get(':id/messages')
  async messages(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ) {
    const { data, ...page } = await this.tickets.messages(caller, id, query);
    return { data: plainToInstance(MessageDto, data), ...page };
  }

  @Post(':id/messages')
  async addMessage(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() message: CreateMessageDto,
  ) {
    return {
      data: plainToInstance(MessageDto, await this.tickets.addMessage(caller, id, message)),
    };
  }
}

@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  async list(@CurrentCaller() caller: Caller, @Query() query: EventsQuery) {
    const { data, ...page } = await this.events.after(caller, query);
    return { data: plainToInstance(EventDto, data), ...page };
  }
}

@Controller('health')
export class HealthController {
  @Get('live')
  live() {
    return { status: 'ok' };
  }
}
