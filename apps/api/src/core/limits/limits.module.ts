import { Global, Module } from '@nestjs/common';
import { CallsUnderWay } from './calls-under-way.js';
import { OperatorLimits, PlanLimits } from './plan-limits.js';
import { RateLimits } from './rate-limits.js';

/** How much an organization and its callers may ask for. */
@Global()
@Module({
  providers: [RateLimits, CallsUnderWay, { provide: PlanLimits, useClass: OperatorLimits }],
  exports: [RateLimits, CallsUnderWay, PlanLimits],
})
export class LimitsModule {}
