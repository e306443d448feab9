import { useForm } from 'react-hook-form';
import { useIntl } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { FormError } from './auth-page.js';
import { showErrors } from './form-errors.js';
import { askToRegister } from './sign-in.js';
import { useCountdown } from './use-countdown.js';

const fields = ['organizationName', 'name', 'email'] as const;

const inputs = {
  organizationName: { type: 'text', autoComplete: 'organization', dir: 'auto' },
  name: { type: 'text', autoComplete: 'name', dir: 'auto' },
  email: { type: 'email', autoComplete: 'username', dir: 'ltr' },
} as const;

/** What an organization and its first owner are called; the password comes after the mail. */
export function RegisterForm({ onSent }: { onSent: (email: string) => void }) {
  const { t, language } = useIntl();
  const throttled = useCountdown();
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { organizationName: '', name: '', email: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await askToRegister({ ...values, locale: language });
      onSent(values.email);
    } catch (error) {
      if (!throttled.start(error)) showErrors(t, error, fields, setError);
    }
  });
  const labels = {
    organizationName: t('field.organization'),
    name: t('field.yourName'),
    email: t('field.email'),
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={throttled.said ?? errors.root?.message} />
      {fields.map((field, index) => (
        <Field key={field} label={labels[field]} error={errors[field]?.message}>
          {(control) => (
            <input
              {...control}
              {...inputs[field]}
              {...register(field, { required: t('field.required') })}
              autoFocus={index === 0}
              className="field"
            />
          )}
        </Field>
      ))}
      <Button
        type="submit"
        variant="primary"
        disabled={isSubmitting || throttled.seconds > 0}
        className="h-9 w-full"
      >
        {isSubmitting ? t('register.pending') : t('register.submit')}
      </Button>
    </form>
  );
}
