import { Global, Module } from '@nestjs/common';
import { AdminDb } from './admin-db.js';
import { Notifications } from './notifications.js';
import { SystemDb } from './system-db.js';

/** Connections that are not of one tenant. The tenant handle is in `core/tenancy`. */
@Global()
@Module({
  providers: [SystemDb, AdminDb, Notifications],
  exports: [SystemDb, AdminDb, Notifications],
})
export class DatabaseModule {}
