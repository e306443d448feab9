import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import type { Role } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { useMe } from '../auth/queries.js';
import { useRoleName } from '../people/role-name.js';
import { rolesQuery } from './queries.js';

/** Whether somebody who holds `held` may give a role: nobody gives more than they have. */
export function canGive(role: Role, held: readonly string[]): boolean {
  return role.permissions.every((permission) => held.includes(permission));
}

/** The roles that the person may give. */
export function RoleSelect({ but, ...props }: ComponentProps<'select'> & { but?: string }) {
  const me = useMe();
  const roleName = useRoleName();
  const t = useText();
  const { data: roles, error } = useQuery(rolesQuery);
  if (error) {
    return (
      <p role="alert" className="text-xs text-danger">
        {errorText(t, error)}
      </p>
    );
  }
  // A list without its choices would take the first that comes for the one that is meant.
  if (!roles) return <div className="skeleton h-9" />;
  return (
    <select {...props} className="field">
      {roles
        .filter((role) => role.id !== but && canGive(role, me?.permissions ?? []))
        .map((role) => (
          <option key={role.id} value={role.id}>
            {roleName(role.id, role.name)}
          </option>
        ))}
    </select>
  );
}
