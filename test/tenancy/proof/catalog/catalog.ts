import type pg from 'pg';
import { Findings, type PartResult } from '../finding.js';
import { checkCode } from './code.js';
import type { Roles } from './facts.js';
import { checkKeys } from './keys.js';
import { checkRights } from './rights.js';
import { checkTables } from './tables.js';

/**
 * Part 1: the catalog of a database against the registry. Reads only, as any user that may connect, so it can be
 * run on a database in use.
 */
export async function proveCatalog(
  client: pg.Client,
  roles: Roles,
  part = 'catalog',
): Promise<PartResult> {
  const findings = new Findings(part);
  await checkTables(client, findings);
  await checkKeys(client, findings);
  await checkCode(client, findings);
  await checkRights(client, roles, findings);
  return findings.result();
}
