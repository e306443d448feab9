import { Module } from '@nestjs/common';
import { AuditExports } from './audit-exports.service.js';
import { AuditVerification } from './audit-verification.service.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';

/** The trail of an organization: who came in, and what rights were changed; read, taken out and verified. */
@Module({
  controllers: [AuditController],
  providers: [AuditService, AuditExports, AuditVerification],
})
export class AuditModule {}
