import { Module } from '@nestjs/common';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { PresenceController } from './presence.controller.js';
import { PresenceExpiry } from './presence-expiry.service.js';
import { PresenceService } from './presence.service.js';

/** Who has a ticket open, and who is typing on it. */
@Module({
  imports: [TicketsModule],
  controllers: [PresenceController],
  providers: [PresenceService, PresenceExpiry],
})
export class PresenceModule {}
