import { Module } from '@nestjs/common';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { BulkOperations } from './bulk-operations.service.js';
import { BulkRuns } from './bulk-runs.service.js';
import { BulkUndoing } from './bulk-undoing.service.js';
import { ItemUndoing } from './item-undoing.service.js';
import { RunBulkJob } from './jobs/run-bulk.job.js';
import { UndoBulkJob } from './jobs/undo-bulk.job.js';
import { MergeUndoing } from './merge-undoing.service.js';
import { MergedCopies } from './merged-copies.service.js';
import { Merges } from './merges.service.js';
import { OperationRecords } from './operation-records.service.js';
import { OperationsController } from './operations.controller.js';
import { OperationsService } from './operations.service.js';
import { SplitUndoing } from './split-undoing.service.js';
import { Splits } from './splits.service.js';
import { TicketOperationsController } from './ticket-operations.controller.js';
import { Undoings } from './undoings.service.js';

const BULK = [BulkOperations, BulkRuns, BulkUndoing, RunBulkJob, UndoBulkJob];
const MERGES = [Merges, MergedCopies, MergeUndoing, Splits, SplitUndoing];

/** What is done to tickets as a whole and can be undone as a whole: merge, split, bulk. */
@Module({
  imports: [TicketsModule, TeamsModule, FieldsModule, UsersModule],
  controllers: [OperationsController, TicketOperationsController],
  providers: [OperationsService, OperationRecords, Undoings, ItemUndoing, ...MERGES, ...BULK],
  exports: [OperationRecords],
})
export class OperationsModule {}
