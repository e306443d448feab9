import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#modules/attachments/attachments.module.js';
import { SearchModule } from '#modules/search/search.module.js';
import { ArchiveCommands } from './archive-commands.service.js';
import { ArchiveRestoring } from './archive-restoring.service.js';
import { ArchiveWriting } from './archive-writing.service.js';

/** An organization as one file: written, and brought in elsewhere. */
@Module({
  imports: [AttachmentsModule, SearchModule],
  providers: [ArchiveWriting, ArchiveRestoring, ArchiveCommands],
  exports: [ArchiveWriting],
})
export class PortabilityModule {}
