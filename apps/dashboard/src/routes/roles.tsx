import { useQuery } from '@tanstack/react-query';
import { Eye, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '../api/types.js';
import { useCan, useMe } from '../features/auth/queries.js';
import { isBuiltIn, useRoleName } from '../features/people/role-name.js';
import { deleteRole, rolesQuery, useRoleChange } from '../features/roles/queries.js';
import { RoleDialog } from '../features/roles/role-dialog.js';
import { canGive } from '../features/roles/role-select.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { IconButton } from '../ui/icon-button.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';

/** The sets of rights that people of this organization can have. */
export function RolesRoute() {
  const t = useText();
  const writes = useCan('roles:write');
  const [open, setOpen] = useState<Role | 'new' | null>(null);
  return (
    <PageBody
      title={t('pages.roles')}
      intro={t('roles.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('roles.create')}
          </Button>
        )
      }
    >
      <Allowed right="roles:read">
        <Roles writes={writes} onOpen={setOpen} />
      </Allowed>
      {open && (
        <RoleDialog
          role={open === 'new' ? null : open}
          writes={writes}
          onClose={() => setOpen(null)}
        />
      )}
    </PageBody>
  );
}

function Roles({ writes, onOpen }: { writes: boolean; onOpen: (role: Role) => void }) {
  const t = useText();
  const me = useMe();
  const roleName = useRoleName();
  const attempt = useAttempt();
  const remove = useRoleChange(deleteRole);
  const roles = useQuery(rolesQuery);
  const [deleting, setDeleting] = useState<Role | null>(null);
  return (
    <Loaded query={roles} rows={5}>
      {(found) => (
        <>
          <ul aria-label={t('pages.roles')} className="border-t border-line">
            {found.map((role) => {
              const name = roleName(role.id, role.name);
              const editable = writes && !role.builtIn && canGive(role, me?.permissions ?? []);
              return (
                <li
                  key={role.id}
                  className="flex min-h-14 items-center gap-2 border-b border-line py-2.5"
                >
                  <div className="min-w-0 flex-1">
                    <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                      <bdi className="truncate">{name}</bdi>
                      {role.builtIn && <Badge>{t('roles.builtIn')}</Badge>}
                    </p>
                    <p className="text-xs text-muted">
                      {isBuiltIn(role.id) ? t(`role.summary.${role.id}`) : role.description}
                    </p>
                    <p className="text-xs text-subtle">
                      {t('roles.members', { count: role.memberCount })} ·{' '}
                      {t('roles.permissions', { count: role.permissions.length })}
                    </p>
                  </div>
                  <IconButton
                    label={t(editable ? 'roles.edit' : 'roles.show', { name })}
                    onClick={() => onOpen(role)}
                  >
                    {editable ? <Pencil size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
                  </IconButton>
                  {editable && (
                    <IconButton
                      label={t('roles.delete', { name })}
                      onClick={() => setDeleting(role)}
                    >
                      <Trash2 size={15} aria-hidden />
                    </IconButton>
                  )}
                </li>
              );
            })}
          </ul>
          <Confirm
            open={deleting !== null}
            onOpenChange={(open) => !open && setDeleting(null)}
            title={t('roles.deleteTitle', { name: deleting?.name ?? '' })}
            body={t(deleting && deleting.memberCount > 0 ? 'roles.inUse' : 'roles.deleteBody')}
            action={t('action.delete')}
            onConfirm={() =>
              deleting &&
              void attempt(() => remove.mutateAsync(deleting.id), {
                done: t('roles.deleted', { name: deleting.name }),
                failed: t('people.failed'),
              })
            }
          />
        </>
      )}
    </Loaded>
  );
}
