import { Link } from '@tanstack/react-router';
import { Fingerprint, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { FormError, textLink } from './auth-page.js';
import { showErrors } from './form-errors.js';
import { passkeysExist, showPasskey } from './passkeys.js';
import { nextStep, passkeyOptions, signIn, signInWithPasskey, type NextStep } from './sign-in.js';
import { useCountdown } from './use-countdown.js';

const fields = ['email', 'password'] as const;

interface SignInFormProps {
  /** What went wrong before the form was shown. */
  notice?: string | undefined;
  onSignedIn: () => void;
  onNext: (next: NextStep, email: string) => void;
}

/** E-mail and password, or one of the ways without them. */
export function SignInForm({ notice, onSignedIn, onNext }: SignInFormProps) {
  const t = useText();
  const throttled = useCountdown();
  const [asking, setAsking] = useState(false);
  const { register, handleSubmit, formState, setError, clearErrors, getValues } = useForm({
    defaultValues: { email: '', password: '' },
  });
  const { errors, isSubmitting } = formState;

  const refuse = (error: unknown) => {
    const next = nextStep(error);
    if (next) onNext(next, getValues('email'));
    else if (!throttled.start(error)) showErrors(t, error, fields, setError);
  };
  const submit = handleSubmit(async (values) => {
    try {
      await signIn(values);
      onSignedIn();
    } catch (error) {
      refuse(error);
    }
  });
  const usePasskey = async () => {
    clearErrors();
    setAsking(true);
    try {
      await signInWithPasskey(await showPasskey(await passkeyOptions()));
      onSignedIn();
    } catch (error) {
      const known = nextStep(error);
      if (known) onNext(known, '');
      else if (!throttled.start(error)) {
        // Whatever the browser says (closed, no passkey here, too late) means the same to a person.
        const message = error instanceof ApiError ? errorText(t, error) : t('signIn.passkeyFailed');
        setError('root', { message });
      }
    } finally {
      setAsking(false);
    }
  };
  const said = throttled.said ?? errors.root?.message ?? notice;
  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={said} />
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
        <div>
          <Field label={t('field.password')} error={errors.password?.message}>
            {(control) => (
              <input
                {...control}
                {...register('password', { required: t('field.required') })}
                type="password"
                autoComplete="current-password"
                className="field"
                dir="ltr"
              />
            )}
          </Field>
          <p className="mt-2 text-end text-xs">
            <Link to="/forgot-password" className={textLink}>
              {t('signIn.forgot')}
            </Link>
          </p>
        </div>
        <Button
          type="submit"
          variant="primary"
          disabled={isSubmitting || throttled.seconds > 0}
          className="h-9 w-full"
        >
          {isSubmitting ? t('signIn.pending') : t('signIn.submit')}
        </Button>
      </form>
      <div className="my-4 flex items-center gap-3 text-xs text-subtle">
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
        {t('signIn.or')}
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
      </div>
      <div className="space-y-2">
        {passkeysExist && (
          <Button disabled={asking} onClick={() => void usePasskey()} className="h-9 w-full">
            <Fingerprint size={15} aria-hidden />
            {t('signIn.passkey')}
          </Button>
        )}
        <Button
          onClick={() => onNext({ step: 'sso', required: false }, getValues('email'))}
          className="h-9 w-full"
        >
          <KeyRound size={15} aria-hidden />
          {t('signIn.sso')}
        </Button>
      </div>
    </>
  );
}
