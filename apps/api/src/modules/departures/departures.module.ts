import { Module } from '@nestjs/common';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { DeletionsController } from './deletions.controller.js';
import { DeletionsService } from './deletions.service.js';

/** Organizations that are to go: the wish, its grace, and the mails about it. */
@Module({
  imports: [OrganizationsModule, UsersModule],
  controllers: [DeletionsController],
  providers: [DeletionsService],
  exports: [DeletionsService],
})
export class DeparturesModule {}
