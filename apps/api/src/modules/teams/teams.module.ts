import { Module } from '@nestjs/common';
import { UsersModule } from '#modules/users/users.module.js';
import { LeaveTeamsJob } from './jobs/leave-teams.job.js';
import { TeamMembersController } from './team-members.controller.js';
import { TeamMembers } from './team-members.service.js';
import { TeamSettings } from './team-settings.service.js';
import { TeamsController } from './teams.controller.js';
import { Teams } from './teams.service.js';

/** The teams that tickets are given to. */
@Module({
  imports: [UsersModule],
  controllers: [TeamsController, TeamMembersController],
  providers: [Teams, TeamSettings, TeamMembers, LeaveTeamsJob],
  exports: [Teams],
})
export class TeamsModule {}
