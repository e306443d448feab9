import { Module } from '@nestjs/common';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { ViewCounts } from './view-counts.service.js';
import { ViewsController } from './views.controller.js';
import { ViewsService } from './views.service.js';

/** Lists that people keep. */
@Module({
  imports: [TicketsModule, TeamsModule, UsersModule],
  controllers: [ViewsController],
  providers: [ViewsService, ViewCounts],
  exports: [ViewsService],
})
export class ViewsModule {}
