import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#modules/attachments/attachments.module.js';
import { CustomersModule } from '#modules/customers/customers.module.js';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { MESSAGE_CONTROLLERS, MESSAGE_PROVIDERS } from './message-providers.js';
import { TicketChangesModule } from './ticket-changes.module.js';
import { TicketLifecycleController } from './ticket-lifecycle.controller.js';
import { TicketLinksModule } from './ticket-links.module.js';
import { TicketListModule } from './ticket-list.module.js';
import { TICKET_PROVIDERS, TICKETS_ENTERED } from './ticket-providers.js';
import { TicketsController } from './tickets.controller.js';

/** Tickets, their messages and the people who ask. */
@Module({
  imports: [
    TicketChangesModule,
    TicketLinksModule,
    TicketListModule,
    AttachmentsModule,
    CustomersModule,
    FieldsModule,
    TeamsModule,
    UsersModule,
  ],
  controllers: [TicketsController, TicketLifecycleController, ...MESSAGE_CONTROLLERS],
  providers: [...TICKET_PROVIDERS, ...MESSAGE_PROVIDERS],
  exports: [...TICKETS_ENTERED, TicketChangesModule, TicketListModule, ...MESSAGE_PROVIDERS],
})
export class TicketsModule {}
