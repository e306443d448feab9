import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#modules/attachments/attachments.module.js';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { PortabilityModule } from '#modules/portability/portability.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { ArchiveMaking } from './archive-making.service.js';
import { ArchivesController } from './archives.controller.js';
import { Archives } from './archives.service.js';
import { ExpiredExports } from './expired-exports.service.js';
import { ExportWriting } from './export-writing.service.js';
import { ExportsController } from './exports.controller.js';
import { ExportRows } from './export-rows.service.js';
import { ExportsService } from './exports.service.js';
import { MakeArchiveJob } from './jobs/make-archive.job.js';
import { WriteExportJob } from './jobs/write-export.job.js';

/** Files that are made in the background and fetched by a link. */
@Module({
  imports: [TicketsModule, AttachmentsModule, FieldsModule, UsersModule, PortabilityModule],
  controllers: [ExportsController, ArchivesController],
  providers: [
    ...[ExportsService, ExportRows, ExportWriting, ExpiredExports, WriteExportJob],
    ...[Archives, ArchiveMaking, MakeArchiveJob],
  ],
  exports: [],
})
export class ExportsModule {}
