import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessCheck } from './access-check.js';
import { Entitlements } from './entitlements.js';
import { Features } from './features.js';
import { PrincipalCache } from './principal-cache.js';
import { StaffAdmission } from './staff-admission.js';
import { SuspendedOrganizations } from './suspended-organizations.js';
import { TenantDb } from './tenant-db.js';
import { TenantGuard } from './tenant.guard.js';

/** Locks 1 and 2, and the handle that services use. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    TenantDb,
    AccessCheck,
    Entitlements,
    Features,
    PrincipalCache,
    SuspendedOrganizations,
    StaffAdmission,
    { provide: APP_GUARD, useClass: TenantGuard },
  ],
  exports: [TenantDb, AccessCheck, Entitlements, Features, PrincipalCache, SuspendedOrganizations],
})
export class TenancyModule {}
