import { Module } from '@nestjs/common';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { Accounts } from './accounts.service.js';
import { Arrivals } from './arrivals.service.js';
import { IdentitiesService } from './identities.service.js';
import { OwnershipController } from './ownership.controller.js';
import { Ownership } from './ownership.service.js';
import { PeopleService } from './people.service.js';
import { RolesController } from './roles.controller.js';
import { RolesService } from './roles.service.js';
import { UserRights } from './user-rights.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** The people of an organization. */
@Module({
  imports: [OrganizationsModule],
  controllers: [UsersController, RolesController, OwnershipController],
  providers: [
    UsersService,
    UserRights,
    PeopleService,
    RolesService,
    Ownership,
    IdentitiesService,
    Accounts,
    Arrivals,
  ],
  exports: [UsersService, UserRights, PeopleService, IdentitiesService, Accounts, Arrivals],
})
export class UsersModule {}
