import { useForm } from 'react-hook-form';
import { codeOf } from '../../api/error.js';
import { FormError } from '../../features/auth/auth-page.js';
import { showErrors } from '../../features/auth/form-errors.js';
import { CurrentPasswordField } from '../../features/auth/password-field.js';
import { changePassword } from '../../features/staff/member-queries.js';
import { useStaff, useStaffChange } from '../../features/staff/queries.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';

/** Longer than that of a desk: whoever has it reaches every organization. */
const shortestPassword = 12;

/** Who one is to the deployment, and the password. */
export function StaffAccountRoute() {
  const t = useText();
  const staff = useStaff();
  return (
    <Page title={t('staff.account')}>
      <Section title={t('staff.account.who')}>
        {staff && (
          <p className="text-sm break-words">
            <bdi>{staff.name}</bdi>, {t(`staff.role.${staff.role}`)}
            {' · '}
            <bdi className="text-muted">{staff.email}</bdi>
          </p>
        )}
      </Section>
      <Section title={t('field.password')} hint={t('staff.account.passwordHint')}>
        <PasswordForm />
      </Section>
    </Page>
  );
}

function PasswordForm() {
  const t = useText();
  const change = useStaffChange(changePassword);
  const { register, handleSubmit, formState, setError, reset } = useForm({
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await change.mutateAsync(values);
      reset();
      notify({ tone: 'done', title: t('staff.account.changed') });
    } catch (error) {
      if (codeOf(error) === 'staff.password_wrong')
        setError('currentPassword', { message: t('password.wrong') }, { shouldFocus: true });
      else showErrors(t, error, ['currentPassword', 'newPassword'], setError);
    }
  });
  const short = t('password.short', { minimumPassword: shortestPassword });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-100 space-y-4">
      <FormError message={errors.root?.message} />
      <CurrentPasswordField
        label={t('password.current')}
        error={errors.currentPassword?.message}
        registration={register('currentPassword', { required: t('field.required') })}
      />
      <Field
        label={t('password.new')}
        hint={t('password.hint', { minimumPassword: shortestPassword })}
        error={errors.newPassword?.message}
      >
        {(control) => (
          <input
            {...control}
            {...register('newPassword', {
              required: t('field.required'),
              minLength: { value: shortestPassword, message: short },
            })}
            type="password"
            autoComplete="new-password"
            className="field"
            dir="ltr"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={isSubmitting}>
        {t('staff.account.change')}
      </Button>
    </form>
  );
}
