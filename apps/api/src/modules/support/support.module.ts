import { Global, Module } from '@nestjs/common';
import { SupportPrincipals } from '#core/tenancy/support-principals.js';
import { AuthModule } from '#modules/auth/auth.module.js';
import { SupportAccesses } from './support-accesses.service.js';
import { SupportAccessesController } from './support-accesses.controller.js';
import { SupportLooks } from './support-looks.service.js';
import { SupportPrincipalsService } from './support-principals.service.js';

/** Staff who look into an organization, by its leave. Global, because the guard asks it who such a credential is. */
@Global()
@Module({
  imports: [AuthModule],
  controllers: [SupportAccessesController],
  providers: [
    SupportAccesses,
    SupportLooks,
    SupportPrincipalsService,
    { provide: SupportPrincipals, useExisting: SupportPrincipalsService },
  ],
  exports: [SupportPrincipals, SupportPrincipalsService],
})
export class SupportModule {}
