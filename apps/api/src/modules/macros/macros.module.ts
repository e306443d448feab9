import { Module } from '@nestjs/common';
import { OperationsModule } from '#modules/operations/operations.module.js';
import { RepliesModule } from '#modules/replies/replies.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { MacroRuns } from './macro-runs.service.js';
import { MacroTexts } from './macro-texts.service.js';
import { MacrosController } from './macros.controller.js';
import { MacrosService } from './macros.service.js';

/** Several changes of a ticket in one, looked at first. */
@Module({
  imports: [OperationsModule, TicketsModule, TeamsModule, RepliesModule],
  controllers: [MacrosController],
  providers: [MacrosService, MacroRuns, MacroTexts],
})
export class MacrosModule {}
