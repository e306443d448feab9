import { Module } from '@nestjs/common';
import { NoticesModule } from '#modules/notices/notices.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { BillingController } from './billing.controller.js';
import { InvoicesController } from './invoices.controller.js';
import { PaymentController } from './payment.controller.js';
import { KEPT_INSIDE, OFFERED } from './billing-providers.js';

/** What organizations have and pay, whoever bills it, and the invoices of our own. */
@Module({
  imports: [UsersModule, OrganizationsModule, NoticesModule],
  controllers: [BillingController, InvoicesController, PaymentController],
  providers: [...OFFERED, ...KEPT_INSIDE],
  exports: OFFERED,
})
export class BillingModule {}
