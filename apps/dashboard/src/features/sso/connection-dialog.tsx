import { useForm } from 'react-hook-form';
import type { SsoConnection } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { RoleSelect } from '../roles/role-select.js';
import {
  changeConnection,
  createConnection,
  useSsoChange,
  type ConnectionBody,
} from './queries.js';

const fields = ['name', 'issuer', 'clientId', 'clientSecret', 'role'] as const;

interface ConnectionDialogProps {
  /** Null for a new one. */
  connection: SsoConnection | null;
  onClose: () => void;
}

/** What an OpenID Connect provider says about us, to be copied from its own pages. */
export function ConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const t = useText();
  const create = useSsoChange(createConnection);
  const change = useSsoChange(changeConnection);
  const { register, handleSubmit, formState, setError } = useForm<ConnectionBody>({
    defaultValues: {
      name: connection?.name ?? '',
      issuer: connection?.issuer ?? '',
      clientId: connection?.clientId ?? '',
      clientSecret: '',
      role: connection?.role ?? 'viewer',
      enabled: connection?.enabled ?? true,
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      if (connection) await change.mutateAsync({ id: connection.id, ...values });
      else await create.mutateAsync(values);
      onClose();
    } catch (error) {
      showErrors(t, error, fields, setError);
    }
  });
  const required = { required: t('field.required') };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        connection
          ? t('ssoSettings.connectionEdit', { name: connection.name })
          : t('ssoSettings.connectionAdd')
      }
      description={t('ssoSettings.connectionHint')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} error={change.error ?? create.error} />
        <Field label={t('ssoSettings.name')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', required)}
              maxLength={100}
              data-autofocus
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <Field
          label={t('ssoSettings.issuer')}
          hint={t(connection ? 'ssoSettings.issuerStays' : 'ssoSettings.issuerHint')}
          error={errors.issuer?.message}
        >
          {(control) => (
            <input
              {...control}
              {...register('issuer', required)}
              type="url"
              readOnly={connection !== null}
              placeholder="https://login.example.com"
              className="field read-only:bg-sunken read-only:text-muted"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('ssoSettings.clientId')} error={errors.clientId?.message}>
          {(control) => (
            <input
              {...control}
              {...register('clientId', required)}
              autoComplete="off"
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field
          label={t('ssoSettings.clientSecret')}
          hint={connection ? t('ssoSettings.clientSecretKeep') : undefined}
          error={errors.clientSecret?.message}
        >
          {(control) => (
            <input
              {...control}
              {...register('clientSecret', connection ? {} : required)}
              type="password"
              autoComplete="off"
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('ssoSettings.role')} error={errors.role?.message}>
          {(control) => <RoleSelect {...control} {...register('role')} but="owner" />}
        </Field>
        <label className="flex min-h-6 items-center gap-2 text-sm">
          <input type="checkbox" {...register('enabled')} className="size-4 accent-accent" />
          {t('ssoSettings.enabled')}
        </label>
        <DialogButtons onClose={onClose} action={t('action.save')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
