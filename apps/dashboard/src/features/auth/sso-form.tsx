import { useForm } from 'react-hook-form';
import { codeOf } from '../../api/error.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { FormError } from './auth-page.js';
import { showErrors } from './form-errors.js';
import { ssoAddress } from './sign-in.js';
import { useCountdown } from './use-countdown.js';

interface SsoFormProps {
  email: string;
  /** Where the sign-in ends. */
  returnTo: string;
  onBack: () => void;
}

/** Finds by the e-mail address where the organization signs in, and goes there. */
export function SsoForm({ email, returnTo, onBack }: SsoFormProps) {
  const t = useText();
  const throttled = useCountdown();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { email } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      window.location.assign(await ssoAddress(values.email, returnTo));
    } catch (error) {
      if (throttled.start(error)) return;
      if (codeOf(error) === 'sso.not_configured') {
        setError('root', { message: t('singleSignOn.unknown') });
      } else showErrors(t, error, ['email'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={throttled.said ?? errors.root?.message} />
      <Field label={t('field.email')} error={errors.email?.message}>
        {(control) => (
          <input
            {...control}
            {...register('email', { required: t('field.required') })}
            type="email"
            autoComplete="username"
            autoFocus
            className="field"
            dir="ltr"
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabled={isSubmitting || throttled.seconds > 0}
        className="h-9 w-full"
      >
        {t('singleSignOn.submit')}
      </Button>
      <Button variant="ghost" onClick={onBack} className="w-full">
        {t('signIn.other')}
      </Button>
    </form>
  );
}
