import { Module } from '@nestjs/common';
import { BillingModule } from './billing.module.js';
import { ConsumptionJournal } from './consumption-journal.service.js';
import { Costs } from './costs.service.js';
import { LimitWarnings } from './limit-warnings.service.js';
import { UsageController } from './usage.controller.js';
import { UsageMeter } from './usage-meter.service.js';
import { Usage } from './usage.service.js';

/** What organizations use of what they have, and what they cost. */
@Module({
  imports: [BillingModule],
  controllers: [UsageController],
  providers: [Usage, UsageMeter, LimitWarnings, ConsumptionJournal, Costs],
  exports: [Costs],
})
export class UsageModule {}
