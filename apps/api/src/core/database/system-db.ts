import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { WideDb } from './wide-db.js';

/** Connections of one process for work across tenants: sign-in, key look-ups, the relay. */
const SYSTEM_POOL_SIZE = 6;

/**
 * The handle that sees across organizations. Its database role bypasses nothing either: it reaches the tables
 * that carry a `system_access` policy and no other. Which files may import this one is a list that is checked
 * (`.dependency-cruiser.cjs`), with a reason a line.
 */
@Injectable()
export class SystemDb extends WideDb {
  constructor(config: AppConfig) {
    const connectionString = config.settings.databaseSystemUrl;
    super({ connectionString, max: SYSTEM_POOL_SIZE, name: 'manydesk-system' });
  }
}
