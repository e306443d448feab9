import { Module } from '@nestjs/common';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { Placeholders } from './placeholders.service.js';
import { RepliesController } from './replies.controller.js';
import { RepliesService } from './replies.service.js';

/** Texts that are said often. */
@Module({
  imports: [TicketsModule, TeamsModule, FieldsModule, OrganizationsModule],
  controllers: [RepliesController],
  providers: [RepliesService, Placeholders],
  exports: [Placeholders],
})
export class RepliesModule {}
