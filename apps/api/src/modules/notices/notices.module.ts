import { Global, Module } from '@nestjs/common';
import { EmailModule } from '#modules/email/email.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { NoticeCourier } from './notice-courier.service.js';
import { NoticePreview } from './notice-preview.service.js';
import { NoticesController } from './notices.controller.js';
import { Notices } from './notices.service.js';

/** Mails to people about their account. Global, because most rooms owe somebody one. */
@Global()
@Module({
  imports: [EmailModule, OrganizationsModule],
  controllers: [NoticesController],
  providers: [Notices, NoticeCourier, NoticePreview],
  exports: [Notices],
})
export class NoticesModule {}
