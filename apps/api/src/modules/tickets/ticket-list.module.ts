import { Module } from '@nestjs/common';
import { ConversationSizes } from './conversation-sizes.service.js';
import { TicketWalk } from './ticket-list-walk.service.js';
import { TicketList } from './ticket-list.service.js';

/** Tickets by filters and conditions: a page of them, and all of them one after the other. */
@Module({
  providers: [TicketList, TicketWalk, ConversationSizes],
  exports: [TicketList, TicketWalk, ConversationSizes],
})
export class TicketListModule {}
