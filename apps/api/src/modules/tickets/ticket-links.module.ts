import { Module } from '@nestjs/common';
import { TicketLinksController } from './ticket-links.controller.js';
import { TicketLinks } from './ticket-links.service.js';
import { TicketTimeline } from './ticket-timeline.service.js';

/** What stands around a ticket: the tickets it is linked with, and its history. */
@Module({
  controllers: [TicketLinksController],
  providers: [TicketLinks, TicketTimeline],
})
export class TicketLinksModule {}
