import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { RoleSelect } from '../roles/role-select.js';
import { invite, usePeopleChange } from './queries.js';

/** Sends somebody a link with which they join. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const send = usePeopleChange(invite);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { email: '', role: 'agent' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await send.mutateAsync(values);
      notify({ tone: 'done', title: t('people.invited', { email: values.email }) });
      onClose();
    } catch (error) {
      showErrors(t, error, ['email', 'role'], setError);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('people.inviteTitle')}
      description={t('people.inviteBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} error={send.error} />
        <Field label={t('field.email')} error={errors.email?.message}>
          {(control) => (
            <input
              {...control}
              {...register('email', { required: t('field.required') })}
              type="email"
              autoComplete="off"
              data-autofocus
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('people.role')} error={errors.role?.message}>
          {(control) => <RoleSelect {...control} {...register('role')} />}
        </Field>
        <DialogButtons onClose={onClose} action={t('people.invite')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
