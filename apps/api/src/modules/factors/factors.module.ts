import { Module } from '@nestjs/common';
import { UsersModule } from '#modules/users/users.module.js';
import { FACTOR_DOORS, FACTOR_PROVIDERS } from './factor-providers.js';
import { FactorResetsController } from './factor-resets.controller.js';
import { FactorsController } from './factors.controller.js';
import { PasskeysController } from './passkeys.controller.js';

/** A person’s further proofs: authenticator app, recovery codes, passkeys, remembered devices. */
@Module({
  imports: [UsersModule],
  controllers: [FactorsController, PasskeysController, FactorResetsController],
  providers: FACTOR_PROVIDERS,
  exports: FACTOR_DOORS,
})
export class FactorsModule {}
