import { randomBytes } from 'node:crypto';
import { newId } from '#core/context/ids.js';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { STAFF_ROLES, type StaffRole } from '#core/tenancy/staff-permissions.js';
import { RealmTokens } from '#modules/auth/realm-tokens.service.js';
import type { RunningApp } from '../../../support/app.js';
import { asRole } from '../world/platform.js';

const GOOD_FOR = 600;

/** Who comes to the wrong door: one of the staff of each role, and a credential of each role of an organization. */
export interface Cast {
  /** A credential of one of the staff, made anew: it is good for some minutes. */
  staff(role: StaffRole): string;
  staffIds: Record<StaffRole, { id: string; sessionId: string }>;
  /** Tokens and secrets of an organization that is neither A nor B, by what they are. */
  tenants: Record<string, string>;
}

/** Makes them. The staff have signed in by both factors, as far as the tables know. */
export async function castOf(running: RunningApp): Promise<Cast> {
  const staffIds = {} as Cast['staffIds'];
  await asRole(running.database.adminUrl, async (admin) => {
    for (const role of STAFF_ROLES) {
      const [id, sessionId] = [newId(), newId()];
      await admin.query(
        `insert into staff_members (id, email, name, role, password_hash, totp_confirmed_at)
         values ($1, $2, 'Sam of the Staff', $3, 'nobody signs in', now())`,
        [id, `${id}@desk.example`, role],
      );
      await admin.query(
        `insert into staff_sessions (id, staff_id, token_hash, last_used_at, ends_at)
         values ($1, $2, $3, now() + interval '1 hour', now() + interval '1 hour')`,
        [sessionId, id, randomBytes(32)],
      );
      staffIds[role] = { id, sessionId };
    }
  });
  const desk = await running.given.organization('Of Neither');
  const tenants: Record<string, string> = {
    owner: desk.owner.token!,
    'API key': (await desk.apiKey([...PERMISSION_NAMES])).token!,
  };
  for (const role of ['admin', 'agent', 'viewer'] as const)
    tenants[role] = (await desk.user(role)).token!;
  const tokens = running.get(RealmTokens);
  const staff = (role: StaffRole): string => {
    const { id: sub, sessionId: sid } = staffIds[role];
    return tokens.sign('manydesk-staff', { sub, sid }, GOOD_FOR);
  };
  return { staff, staffIds, tenants };
}
