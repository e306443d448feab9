import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ApiError, codeOf } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { FormError } from './auth-page.js';
import { CodeField } from './code-field.js';
import { passkeysExist, showPasskey } from './passkeys.js';
import { passkeyOptions, proveSecondFactor, type SecondFactor } from './sign-in.js';
import { useCountdown } from './use-countdown.js';

interface SecondFactorProps {
  challenge: string;
  methods: SecondFactor[];
  /** Which of them is asked for now. */
  method: SecondFactor;
  onMethod: (method: SecondFactor) => void;
  onSignedIn: () => void;
  /** The challenge is over: everything begins again. */
  onExpired: () => void;
}

/** What proves beside the password that it is the person: a code, a recovery code or a passkey. */
export function SecondFactorForm(props: SecondFactorProps) {
  const { challenge, methods, method, onSignedIn } = props;
  const t = useText();
  const throttled = useCountdown();
  const [asking, setAsking] = useState(false);
  const form = useForm({ defaultValues: { code: '', recoveryCode: '', remember: false } });
  const { register, handleSubmit, formState, setError, resetField, getValues, setFocus } = form;
  const { errors, isSubmitting } = formState;

  const refuse = (error: unknown, wrong: 'code' | 'recoveryCode' | 'root') => {
    if (codeOf(error) === 'auth.challenge_over') return props.onExpired();
    if (throttled.start(error)) return;
    const isWrong = error instanceof ApiError && error.status === 401;
    setError(wrong, { message: isWrong ? t('second.wrong') : errorText(t, error) });
    if (wrong === 'root') return;
    resetField(wrong, { keepError: true });
    setFocus(wrong);
  };
  const submit = handleSubmit(async ({ code, recoveryCode, remember }) => {
    const proof = method === 'totp' ? { code: code.replaceAll(' ', '') } : { recoveryCode };
    try {
      await proveSecondFactor({ challenge, ...proof, rememberDevice: remember });
      onSignedIn();
    } catch (error) {
      refuse(error, method === 'totp' ? 'code' : 'recoveryCode');
    }
  });
  const usePasskey = async () => {
    setAsking(true);
    try {
      const passkey = await showPasskey(await passkeyOptions(challenge));
      await proveSecondFactor({ challenge, passkey, rememberDevice: getValues('remember') });
      onSignedIn();
    } catch (error) {
      if (error instanceof ApiError) refuse(error, 'root');
      else setError('root', { message: t('signIn.passkeyFailed') });
    } finally {
      setAsking(false);
    }
  };

  const others = methods.filter((each) => each !== method && (each !== 'passkey' || passkeysExist));
  const names: Record<SecondFactor, string> = {
    totp: t('second.useCode'),
    recovery_code: t('second.useRecovery'),
    passkey: t('second.usePasskey'),
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={throttled.said ?? errors.root?.message} />
      {method === 'totp' && (
        <CodeField
          label={t('second.code')}
          error={errors.code?.message}
          registration={register('code', { required: t('field.required') })}
        />
      )}
      {method === 'recovery_code' && (
        <Field label={t('second.recoveryCode')} error={errors.recoveryCode?.message}>
          {(control) => (
            <input
              {...control}
              {...register('recoveryCode', { required: t('field.required') })}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              autoFocus
              className="field font-mono"
              dir="ltr"
            />
          )}
        </Field>
      )}
      <label className="flex min-h-6 items-center gap-2 text-sm">
        <input type="checkbox" {...register('remember')} className="size-4 accent-accent" />
        {t('second.remember')}
      </label>
      {method === 'passkey' ? (
        <Button
          variant="primary"
          autoFocus
          disabled={asking}
          onClick={() => void usePasskey()}
          className="h-9 w-full"
        >
          <Fingerprint size={15} aria-hidden />
          {t('second.usePasskey')}
        </Button>
      ) : (
        <Button
          type="submit"
          variant="primary"
          disabled={isSubmitting || throttled.seconds > 0}
          className="h-9 w-full"
        >
          {t('second.submit')}
        </Button>
      )}
      {others.map((other) => (
        <Button
          key={other}
          variant="ghost"
          onClick={() => props.onMethod(other)}
          className="w-full"
        >
          {names[other]}
        </Button>
      ))}
    </form>
  );
}
