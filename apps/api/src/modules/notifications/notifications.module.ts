import { Module } from '@nestjs/common';
import { NoticesModule } from '#modules/notices/notices.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { NOTIFICATIONS_CONTROLLERS, NOTIFICATIONS_PROVIDERS } from './notifications-providers.js';

/** What people are told of in the desk and by mail, each as they have chosen. */
@Module({
  imports: [TicketsModule, TeamsModule, UsersModule, OrganizationsModule, NoticesModule],
  controllers: NOTIFICATIONS_CONTROLLERS,
  providers: NOTIFICATIONS_PROVIDERS,
})
export class NotificationsModule {}
