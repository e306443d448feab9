import { Module } from '@nestjs/common';
import { FieldSettings } from './field-settings.service.js';
import { FieldsController } from './fields.controller.js';
import { Fields } from './fields.service.js';

/** What an organization wants to know of its tickets, customers and companies beyond what everybody does. */
@Module({
  controllers: [FieldsController],
  providers: [Fields, FieldSettings],
  exports: [Fields],
})
export class FieldsModule {}
