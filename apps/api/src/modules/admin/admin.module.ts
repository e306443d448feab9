import { Global, Module } from '@nestjs/common';
import { QueueConsoleModule } from '#core/jobs/queue-console.module.js';
import { StaffRealm } from '#core/tenancy/staff-realm.js';
import { AuthModule } from '#modules/auth/auth.module.js';
import { BillingModule } from '#modules/billing/billing.module.js';
import { DeparturesModule } from '#modules/departures/departures.module.js';
import { FactorsModule } from '#modules/factors/factors.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { ADMIN_CONTROLLERS } from './admin-controllers.js';
import { ADMIN_PROVIDERS } from './admin-providers.js';
import { StaffRealmService } from './staff-realm.service.js';

/** The deployment's own staff. Global, because the guard of every route asks it who of them is behind a credential. */
@Global()
@Module({
  imports: [
    AuthModule,
    FactorsModule,
    OrganizationsModule,
    DeparturesModule,
    BillingModule,
    QueueConsoleModule,
  ],
  controllers: ADMIN_CONTROLLERS,
  providers: [...ADMIN_PROVIDERS, { provide: StaffRealm, useClass: StaffRealmService }],
  exports: [StaffRealm],
})
export class AdminModule {}
