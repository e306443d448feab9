import { Module } from '@nestjs/common';
import { CustomersModule } from '#modules/customers/customers.module.js';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { ReleaseTicketsJob } from './jobs/release-tickets.job.js';
import { TicketChanges } from './ticket-changes.service.js';
import { TicketRelease } from './ticket-release.service.js';
import { TicketSnooze } from './ticket-snooze.service.js';
import { TicketStateSettings } from './ticket-state-settings.service.js';
import { TicketStatesController } from './ticket-states.controller.js';
import { TicketStates } from './ticket-states.service.js';
import { TicketTargets } from './ticket-targets.service.js';

/** How a ticket is changed, by people and by the clock, and the states that it may be in. */
@Module({
  imports: [CustomersModule, FieldsModule, TeamsModule, UsersModule],
  controllers: [TicketStatesController],
  providers: [
    TicketChanges,
    TicketTargets,
    TicketStates,
    TicketStateSettings,
    TicketSnooze,
    TicketRelease,
    ReleaseTicketsJob,
  ],
  exports: [TicketChanges, TicketStates],
})
export class TicketChangesModule {}
