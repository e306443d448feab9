import { randomUUID } from 'node:crypto';
import type { StaffRole } from '#core/tenancy/staff-permissions.js';
import { StaffMembers } from '#modules/admin/staff-members.service.js';
import type { StaffDto } from '#modules/admin/dto/staff.dto.js';
import type { RunningApp } from './app.js';
import { Client, expectStatus } from './as.js';
import { AuthenticatorApp } from './factors.js';

/** One of the deployment's own staff, signed in by both factors. Paths are those under `/api/v1/admin`. */
export class StaffPerson extends Client {
  constructor(
    readonly running: RunningApp,
    token: string,
    readonly staff: StaffDto,
    readonly password: string,
    readonly phone: AuthenticatorApp,
    readonly cookie: string,
  ) {
    super(running.app, token);
  }

  /** Signs in once more; time goes on until there is a code that was not used. */
  async again(): Promise<StaffPerson> {
    const { running, staff, password, phone } = this;
    return signIn(running, staff.email, password, phone);
  }
}

/** Makes somebody of the staff and signs them in. */
export async function givenStaff(
  running: RunningApp,
  role: StaffRole,
  name = `${role} Sam`,
): Promise<StaffPerson> {
  const email = `${role}-${randomUUID().slice(0, 8)}@staff.example`;
  const { password } = await running.get(StaffMembers).create({ email, name, role });
  return signIn(running, email, password, null);
}

async function signIn(
  running: RunningApp,
  email: string,
  password: string,
  known: AuthenticatorApp | null,
): Promise<StaffPerson> {
  const nobody = running.as(null);
  const begun = expectStatus(await nobody.post('/admin/session', { email, password }), 201);
  const { challenge, setup } = begun.body.data;
  const app = known ?? new AuthenticatorApp(running, setup.secret);
  const answer = await nobody.post('/admin/session/code', { challenge, code: app.fresh() });
  const { accessToken, staff } = expectStatus(answer, 201).body.data;
  const cookie = answer.cookies[0]!.split(';')[0]!;
  return new StaffPerson(running, accessToken, staff, password, app, cookie);
}
