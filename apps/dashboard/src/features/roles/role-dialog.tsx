import { useQuery } from '@tanstack/react-query';
import { useForm, type UseFormRegisterReturn } from 'react-hook-form';
import type { PermissionInfo, Role } from '../../api/types.js';
import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { fieldSkeleton, Loaded } from '../../ui/loaded.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { useMe } from '../auth/queries.js';
import { useRoleName } from '../people/role-name.js';
import {
  changeRole,
  createRole,
  permissionsQuery,
  useRoleChange,
  type RoleBody,
} from './queries.js';
import { canGive } from './role-select.js';

/** Said in the person's language; the API says it in English for a right that we do not know yet. */
const sentences: Record<string, MessageKey> = {
  'organization:read': 'right.organizationRead',
  'organization:write': 'right.organizationWrite',
  'organization:own': 'right.organizationOwn',
  'organization:export': 'right.organizationExport',
  'security:read': 'right.securityRead',
  'security:write': 'right.securityWrite',
  'users:read': 'right.usersRead',
  'users:write': 'right.usersWrite',
  'roles:read': 'right.rolesRead',
  'roles:write': 'right.rolesWrite',
  'apiKeys:read': 'right.apiKeysRead',
  'apiKeys:write': 'right.apiKeysWrite',
  'directory:write': 'right.directoryWrite',
  'billing:read': 'right.billingRead',
  'billing:write': 'right.billingWrite',
  'audit:read': 'right.auditRead',
  'support_access:grant': 'right.supportAccessGrant',
  'tickets:read': 'right.ticketsRead',
  'tickets:write': 'right.ticketsWrite',
  'tickets:export': 'right.ticketsExport',
  'notes:read': 'right.notesRead',
  'customers:read': 'right.customersRead',
  'customers:write': 'right.customersWrite',
  'customers:erase': 'right.customersErase',
  'desk:write': 'right.deskWrite',
  'events:read': 'right.eventsRead',
  'webhooks:read': 'right.webhooksRead',
  'webhooks:write': 'right.webhooksWrite',
  'mail:read': 'right.mailRead',
  'mail:write': 'right.mailWrite',
};

/** Owners alone have it: no role of one's own can. */
const notGiveable = 'organization:own';

const groups: Record<string, MessageKey> = {
  organization: 'roles.group.organization',
  security: 'roles.group.security',
  users: 'roles.group.users',
  roles: 'roles.group.roles',
  apiKeys: 'roles.group.apiKeys',
  directory: 'roles.group.directory',
  billing: 'roles.group.billing',
  audit: 'roles.group.audit',
  support_access: 'roles.group.security',
  tickets: 'roles.group.tickets',
  notes: 'roles.group.tickets',
  customers: 'roles.group.customers',
  desk: 'roles.group.desk',
  events: 'roles.group.events',
  webhooks: 'roles.group.webhooks',
  mail: 'roles.group.mail',
};

/** The rights by what they are about, in the order in which the API names them. */
function grouped(permissions: PermissionInfo[]): [MessageKey, PermissionInfo[]][] {
  const found = new Map<MessageKey, PermissionInfo[]>();
  for (const permission of permissions) {
    const key = groups[permission.name.split(':')[0] ?? ''] ?? 'roles.group.other';
    found.set(key, [...(found.get(key) ?? []), permission]);
  }
  return [...found];
}

interface RoleDialogProps {
  /** Null for a new one. */
  role: Role | null;
  writes: boolean;
  onClose: () => void;
}

/** What a role is called and what it lets its people do; only to be read, when it is built in. */
export function RoleDialog({ role, writes, onClose }: RoleDialogProps) {
  const t = useText();
  const me = useMe();
  const roleName = useRoleName();
  const permissions = useQuery(permissionsQuery);
  const editable = writes && (!role || (!role.builtIn && canGive(role, me?.permissions ?? [])));
  const title = role
    ? t(editable ? 'roles.editTitle' : 'roles.viewTitle', { name: roleName(role.id, role.name) })
    : t('roles.createTitle');
  return (
    <Dialog open onOpenChange={onClose} title={title} shape="wide" reading={!editable}>
      <Loaded query={permissions} rows={3} skeleton={fieldSkeleton}>
        {(all) =>
          editable ? (
            <RoleForm
              role={role}
              permissions={all.filter(({ name }) => name !== notGiveable)}
              onClose={onClose}
            />
          ) : (
            <Rights
              permissions={all.filter(({ name }) =>
                role?.permissions.some((held) => held === name),
              )}
              held={[]}
            />
          )
        }
      </Loaded>
    </Dialog>
  );
}

interface RoleFormProps {
  role: Role | null;
  permissions: PermissionInfo[];
  onClose: () => void;
}

function RoleForm({ role, permissions, onClose }: RoleFormProps) {
  const t = useText();
  const me = useMe();
  const create = useRoleChange(createRole);
  const change = useRoleChange(changeRole);
  const { register, handleSubmit, formState, setError } = useForm<RoleBody>({
    defaultValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: (role?.permissions ?? []).filter((name) => name !== notGiveable),
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      if (role) await change.mutateAsync({ id: role.id, ...values });
      else await create.mutateAsync(values);
      onClose();
    } catch (error) {
      showErrors(t, error, ['name', 'description', 'permissions'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={errors.root?.message} error={change.error ?? create.error} />
      <Field label={t('field.name')} error={errors.name?.message}>
        {(control) => (
          <input
            {...control}
            {...register('name', { required: t('field.required') })}
            maxLength={60}
            data-autofocus
            className="field"
            dir="auto"
          />
        )}
      </Field>
      <Field
        label={t('roles.description')}
        hint={t('roles.descriptionHint')}
        optional={t('field.optional')}
        error={errors.description?.message}
      >
        {(control) => (
          <input
            {...control}
            {...register('description')}
            maxLength={300}
            className="field"
            dir="auto"
          />
        )}
      </Field>
      <Rights
        permissions={permissions}
        held={me?.permissions ?? []}
        registration={register('permissions', {
          validate: (chosen) => chosen.length > 0 || t('roles.rightsMissing'),
        })}
      />
      {errors.permissions && (
        <p role="alert" className="text-xs text-danger">
          {errors.permissions.message}
        </p>
      )}
      <DialogButtons
        onClose={onClose}
        action={t(role ? 'action.save' : 'roles.create')}
        busy={isSubmitting}
      />
    </form>
  );
}

interface RightsProps {
  permissions: PermissionInfo[];
  held: readonly string[];
  /** Absent, the rights are only to be read. */
  registration?: UseFormRegisterReturn;
}

function Rights({ permissions, held, registration }: RightsProps) {
  const t = useText();
  return (
    <div className="space-y-4">
      {grouped(permissions).map(([group, list]) => (
        <fieldset key={group}>
          <legend className="mb-1 text-xs font-medium text-subtle">{t(group)}</legend>
          <ul>
            {list.map(({ name, sentence: english }) => {
              const sentence = sentences[name];
              const missing = registration !== undefined && !held.includes(name);
              const words = (
                <span className="min-w-0">
                  <code className="block font-mono text-xs" dir="ltr">
                    {name}
                  </code>
                  <span className="block text-xs text-muted">
                    {sentence ? t(sentence) : english}
                  </span>
                  {missing && (
                    <span className="block text-xs text-warn">{t('roles.notYours')}</span>
                  )}
                </span>
              );
              return (
                <li key={name} className="py-1">
                  {registration ? (
                    <label className="flex items-start gap-2">
                      <input
                        type="checkbox"
                        value={name}
                        {...registration}
                        disabled={missing}
                        className="mt-0.5 size-4 accent-accent"
                      />
                      {words}
                    </label>
                  ) : (
                    words
                  )}
                </li>
              );
            })}
          </ul>
        </fieldset>
      ))}
    </div>
  );
}
