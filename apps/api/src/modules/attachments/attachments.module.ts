import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { AttachmentsController } from './attachments.controller.js';
import { Attachments } from './attachments.service.js';
import { DiskStore } from './disk-store.js';
import { DraftAttachments } from './draft-attachments.service.js';
import { FileCleanUp } from './file-clean-up.service.js';
import { FileDownloads } from './file-downloads.service.js';
import { FileLinks } from './file-links.service.js';
import { FileStore } from './file-store.service.js';
import { FilesController } from './files.controller.js';
import { Files } from './files.service.js';
import { S3Store } from './s3-store.js';

const store = {
  provide: FileStore,
  inject: [AppConfig],
  useFactory: ({ settings }: AppConfig): FileStore =>
    settings.s3 ? new S3Store(settings.s3) : new DiskStore(join(settings.dataDir, 'files')),
};

/** Files on messages: taken in, kept once, handed out by links that expire. */
@Module({
  imports: [UsersModule],
  controllers: [AttachmentsController, FilesController],
  providers: [store, Attachments, DraftAttachments, Files, FileLinks, FileDownloads, FileCleanUp],
  exports: [FileStore, Attachments, DraftAttachments, Files, FileLinks],
})
export class AttachmentsModule {}
