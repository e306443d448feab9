import { Module } from '@nestjs/common';
import { NetworkModule } from '#core/network/network.module.js';
import { AuthModule } from '#modules/auth/auth.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { OidcProviders } from './oidc-providers.service.js';
import { SsoConnections } from './sso-connections.service.js';
import { SsoController } from './sso.controller.js';
import { SsoDomainsController } from './sso-domains.controller.js';
import { SsoDomains } from './sso-domains.service.js';
import { SsoEnforcement } from './sso-enforcement.service.js';
import { SsoFlows } from './sso-flows.service.js';
import { SsoLinks } from './sso-links.service.js';
import { SsoPeople } from './sso-people.service.js';
import { SsoSignInController } from './sso-sign-in.controller.js';
import { SsoSignIn } from './sso-sign-in.service.js';

/** Single sign-on of an organization at its own OpenID provider. */
@Module({
  imports: [AuthModule, OrganizationsModule, UsersModule, NetworkModule],
  controllers: [SsoController, SsoDomainsController, SsoSignInController],
  providers: [
    SsoConnections,
    SsoDomains,
    SsoEnforcement,
    SsoFlows,
    SsoLinks,
    SsoPeople,
    SsoSignIn,
    OidcProviders,
  ],
})
export class SsoModule {}
