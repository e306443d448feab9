import { BadSetting } from '#core/config/settings.js';
import { isAddress } from '#core/context/mail-address.js';
import { STAFF_ROLES, type StaffRole } from '#core/tenancy/staff-permissions.js';
import { print } from './print.js';

/** `staff:create <email> <role> [name]`. Throws {@link BadSetting} with one sentence. */
export async function createStaff(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { StaffMembers } = await import('#modules/admin/staff-members.service.js');
  const [email = '', role = '', ...words] = process.argv.slice(3);
  const isRole = (STAFF_ROLES as readonly string[]).includes(role);
  if (!isAddress(email) || !isRole)
    throw new BadSetting(
      `staff:create wants an address and a role (${STAFF_ROLES.join(', ')}): name them after the command`,
    );
  const name = words.join(' ') || email.split('@')[0]!;
  const { password } = await withApplication((app) =>
    app.get(StaffMembers, { strict: false }).create({ email, name, role: role as StaffRole }),
  );
  print(`${email} is of the staff. The password, shown this once: ${password}`);
}

/** `staff:reset <email>`. Throws {@link BadSetting} for somebody who is not of the staff. */
export async function resetStaff(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { StaffMembers } = await import('#modules/admin/staff-members.service.js');
  const email = process.argv[3] ?? '';
  const password = await withApplication((app) =>
    app.get(StaffMembers, { strict: false }).reset(email),
  );
  if (password === null)
    throw new BadSetting(
      `nobody of the staff has the address ${JSON.stringify(email)}: name it after the command`,
    );
  print(`Their sessions are over. The new password, shown this once: ${password}`);
}
