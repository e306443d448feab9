import { Global, Module } from '@nestjs/common';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import { PrincipalResolver } from '#core/tenancy/principal.js';
import { FactorsModule } from '#modules/factors/factors.module.js';
import { PasswordCheck } from '#modules/factors/password-check.service.js';
import { IntegrationsModule } from '#modules/integrations/integrations.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { ActorStandings } from './actor-standings.service.js';
import { AccountController } from './account.controller.js';
import { AUTH_DOORS, AUTH_PROVIDERS } from './auth-providers.js';
import { AuthController } from './auth.controller.js';
import { FactorSignInController } from './factor-sign-in.controller.js';
import { verifyPassword } from './password.js';
import { Principals } from './principals.service.js';
import { RegistrationsController } from './registrations.controller.js';
import { SessionsController } from './sessions.controller.js';

/** Ways in. Global, because the guard of every route asks it who is behind a credential. */
@Global()
@Module({
  imports: [OrganizationsModule, UsersModule, IntegrationsModule, FactorsModule],
  controllers: [
    AuthController,
    SessionsController,
    RegistrationsController,
    AccountController,
    FactorSignInController,
  ],
  providers: [
    ...AUTH_PROVIDERS,
    // The factors ask for the password too, and may not know this room.
    { provide: PasswordCheck, useValue: { matches: verifyPassword } satisfies PasswordCheck },
    Principals,
    { provide: PrincipalResolver, useExisting: Principals },
    { provide: ActorRights, useClass: ActorStandings },
  ],
  exports: [PrincipalResolver, ActorRights, PasswordCheck, ...AUTH_DOORS],
})
export class AuthModule {}
