import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { CopyField } from '../../ui/copy-field.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { codeOf } from '../../api/error.js';
import { makeMember } from './member-queries.js';
import { useStaffChange } from './queries.js';
import { staffErrorText } from './refusals.js';
import type { StaffRole } from './types.js';

const roles = ['support', 'billing', 'operator'] as const satisfies StaffRole[];

/** Makes somebody one of the staff; their first password is shown this once. */
export function NewMemberDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const make = useStaffChange(makeMember);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { email: '', name: '', role: 'support' as StaffRole },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      const { staff, password } = await make.mutateAsync(values);
      setMade({ name: staff.name, password });
    } catch (error) {
      if (codeOf(error) === 'staff.exists')
        setError('email', { message: staffErrorText(t, error) }, { shouldFocus: true });
      else showErrors(t, error, ['email', 'name', 'role'], setError);
    }
  });
  if (made)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={t('staff.members.made', { name: made.name })}
        description={t('staff.members.madeBody')}
      >
        <CopyField label={t('staff.members.password')} value={made.password} shownLabel />
        <div className="mt-4 flex justify-end">
          <Button variant="primary" onClick={onClose}>
            {t('staff.done')}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('staff.members.make')}
      description={t('staff.members.makeBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('staff.members.name')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', {
                validate: (value) => value.trim() !== '' || t('field.required'),
              })}
              maxLength={100}
              autoComplete="off"
              data-autofocus
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <Field label={t('field.email')} error={errors.email?.message}>
          {(control) => (
            <input
              {...control}
              {...register('email', { required: t('field.required') })}
              type="email"
              autoComplete="off"
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('staff.members.role')} hint={t('staff.members.roleHint')}>
          {(control) => (
            <select {...control} {...register('role')} className="field">
              {roles.map((role) => (
                <option key={role} value={role}>
                  {t(`staff.role.${role}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('staff.members.make')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
