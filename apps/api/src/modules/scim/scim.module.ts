import { Module } from '@nestjs/common';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { ScimBase } from './scim-base.service.js';
import { ScimController } from './scim.controller.js';
import { ScimGroupsController } from './scim-groups.controller.js';
import { ScimGroups } from './scim-groups.service.js';
import { ScimUserDirectory } from './scim-user-directory.service.js';
import { ScimUsersController } from './scim-users.controller.js';
import { ScimUsers } from './scim-users.service.js';

/** The directory of an organization keeps its people and groups in step (SCIM 2.0: RFC 7643, RFC 7644). */
@Module({
  imports: [OrganizationsModule, UsersModule],
  controllers: [ScimController, ScimUsersController, ScimGroupsController],
  providers: [ScimBase, ScimUsers, ScimUserDirectory, ScimGroups],
})
export class ScimModule {}
