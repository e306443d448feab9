import { Module } from '@nestjs/common';
import { OrganizationErasure } from './organization-erasure.service.js';
import { OrganizationLogoController } from './organization-logo.controller.js';
import { OrganizationLogo } from './organization-logo.service.js';
import { OrganizationSettings } from './organization-settings.service.js';
import { OrganizationStanding } from './organization-standing.service.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsService } from './organizations.service.js';
import { SsoPolicy } from './sso-policy.service.js';

/** The tenants: who they are. */
@Module({
  controllers: [OrganizationsController, OrganizationLogoController],
  providers: [
    OrganizationsService,
    OrganizationSettings,
    OrganizationStanding,
    OrganizationErasure,
    OrganizationLogo,
    SsoPolicy,
  ],
  exports: [OrganizationsService, OrganizationStanding, SsoPolicy],
})
export class OrganizationsModule {}
