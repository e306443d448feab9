import { Module } from '@nestjs/common';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { CompaniesController } from './companies.controller.js';
import { CompaniesService } from './companies.service.js';
import { CustomerAddresses } from './customer-addresses.service.js';
import { CustomerErasures } from './customer-erasures.service.js';
import { CustomerMerges } from './customer-merges.service.js';
import { CustomerRecords } from './customer-records.service.js';
import { CustomersController } from './customers.controller.js';
import { CustomersService } from './customers.service.js';

/** Who asks: people with their addresses, and the companies they are of. */
@Module({
  imports: [FieldsModule],
  controllers: [CustomersController, CompaniesController],
  providers: [
    CustomersService,
    CustomerRecords,
    CustomerAddresses,
    CustomerMerges,
    CustomerErasures,
    CompaniesService,
  ],
  exports: [CustomersService],
})
export class CustomersModule {}
