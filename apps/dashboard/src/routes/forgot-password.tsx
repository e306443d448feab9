import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { AuthPage, FormError, textLink } from '../features/auth/auth-page.js';
import { showErrors } from '../features/auth/form-errors.js';
import { askForReset } from '../features/auth/sign-in.js';
import { SentMail } from '../features/auth/sent-mail.js';
import { useCountdown } from '../features/auth/use-countdown.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';

/** Asks for a link to set a new password. The answer says nothing about who has an account. */
export function ForgotPasswordRoute() {
  const t = useText();
  const throttled = useCountdown();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { email: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ email }) => {
    try {
      await askForReset(email);
      setSentTo(email);
    } catch (error) {
      if (!throttled.start(error)) showErrors(t, error, ['email'], setError);
    }
  });
  return (
    <AuthPage
      title={t(sentTo ? 'register.sent.title' : 'forgot.title')}
      intro={sentTo ? undefined : t('forgot.intro')}
      footer={
        <Link to="/sign-in" search={{}} className={textLink}>
          {t('signIn.back')}
        </Link>
      }
    >
      {sentTo ? (
        <SentMail words={t('forgot.sent', { email: sentTo })} />
      ) : (
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
            {t('forgot.submit')}
          </Button>
        </form>
      )}
    </AuthPage>
  );
}
