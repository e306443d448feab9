import { Module } from '@nestjs/common';
import { AuthModule } from '#modules/auth/auth.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { AcceptanceController } from './acceptance.controller.js';
import { AcceptanceService } from './acceptance.service.js';
import { InvitationArrival } from './invitation-arrival.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationNotice } from './invitation-notice.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { RevokeObsoleteJob } from './jobs/revoke-obsolete.job.js';

/** Offers of a place in an organization. */
@Module({
  imports: [AuthModule, OrganizationsModule, UsersModule],
  controllers: [InvitationsController, AcceptanceController],
  providers: [
    InvitationsService,
    InvitationLinks,
    InvitationNotice,
    InvitationArrival,
    AcceptanceService,
    RevokeObsoleteJob,
  ],
})
export class InvitationsModule {}
