import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { codeOf } from '../../api/error.js';
import { AuthPage, FormError, textLink } from '../../features/auth/auth-page.js';
import { CodeField } from '../../features/auth/code-field.js';
import { useCountdown } from '../../features/auth/use-countdown.js';
import { TotpSetupForm } from '../../features/factors/totp-setup.js';
import { consolePath } from '../../features/staff/next.js';
import { staffErrorText } from '../../features/staff/refusals.js';
import { beginSignIn, finishSignIn } from '../../features/staff/sign-in.js';
import type { StaffChallenge } from '../../features/staff/types.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';

/** Where whoever runs the deployment comes in: a password, and always a code of their app. */
export function StaffSignInRoute() {
  const t = useText();
  const navigate = useNavigate();
  // The router hands on what it did not accept, too.
  const next = consolePath(useSearch({ from: '/staff/sign-in' }).next);
  const [challenge, setChallenge] = useState<StaffChallenge | null>(null);
  const [isExpired, setExpired] = useState(false);

  const enter = () => void navigate({ href: next ?? '/staff' });
  const finish = async (code: string) => {
    try {
      await finishSignIn(challenge?.challenge ?? '', code);
    } catch (error) {
      if (codeOf(error) !== 'staff.challenge_over') throw error;
      setExpired(true);
      setChallenge(null);
      return;
    }
    enter();
  };
  if (!challenge)
    return (
      <AuthPage title={t('staff.signIn.title')} intro={t('staff.signIn.intro')}>
        <PasswordForm
          notice={isExpired ? t('signIn.expired') : undefined}
          onBegun={(begun) => {
            setExpired(false);
            setChallenge(begun);
          }}
        />
      </AuthPage>
    );
  const back = (
    <button type="button" onClick={() => setChallenge(null)} className={textLink}>
      {t('signIn.back')}
    </button>
  );
  if (challenge.setup)
    return (
      <AuthPage title={t('staff.setup.title')} intro={t('staff.setup.intro')} footer={back}>
        <TotpSetupForm setup={challenge.setup} onConfirm={finish} />
      </AuthPage>
    );
  return (
    <AuthPage title={t('second.title')} intro={t('second.intro')} footer={back}>
      <CodeForm onCode={finish} />
    </AuthPage>
  );
}

interface PasswordFormProps {
  notice: string | undefined;
  onBegun: (challenge: StaffChallenge) => void;
}

function PasswordForm({ notice, onBegun }: PasswordFormProps) {
  const t = useText();
  const throttled = useCountdown();
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { email: '', password: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      onBegun(await beginSignIn(values));
    } catch (error) {
      if (!throttled.start(error)) setError('root', { message: staffErrorText(t, error) });
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={throttled.said ?? errors.root?.message ?? notice} />
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
      <Button
        type="submit"
        variant="primary"
        disabled={isSubmitting || throttled.seconds > 0}
        className="h-9 w-full"
      >
        {isSubmitting ? t('signIn.pending') : t('signIn.submit')}
      </Button>
    </form>
  );
}

function CodeForm({ onCode }: { onCode: (code: string) => Promise<void> }) {
  const t = useText();
  const throttled = useCountdown();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ code }) => {
    try {
      await onCode(code.replaceAll(' ', ''));
    } catch (error) {
      if (throttled.start(error)) return;
      // What is no code at all is refused by its shape.
      const isWrong = ['staff.code_wrong', 'validation.failed'].includes(codeOf(error) ?? '');
      setError('code', { message: isWrong ? t('second.wrong') : staffErrorText(t, error) });
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={throttled.said} />
      <CodeField
        label={t('second.code')}
        error={errors.code?.message}
        registration={register('code', { required: t('field.required') })}
      />
      <Button
        type="submit"
        variant="primary"
        disabled={isSubmitting || throttled.seconds > 0}
        className="h-9 w-full"
      >
        {t('second.submit')}
      </Button>
    </form>
  );
}
