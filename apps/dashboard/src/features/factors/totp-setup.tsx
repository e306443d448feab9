import { encode } from 'uqr';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import type { TotpSetup } from '../../api/types.js';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { CopyField } from '../../ui/copy-field.js';
import { FormError } from '../auth/auth-page.js';
import { CodeField } from '../auth/code-field.js';

interface TotpSetupProps {
  setup: TotpSetup;
  onConfirm: (code: string) => Promise<void>;
}

/** The secret for an authenticator app, and the first code that it shows. */
export function TotpSetupForm({ setup, onConfirm }: TotpSetupProps) {
  const t = useText();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ code }) => {
    try {
      await onConfirm(code.replaceAll(' ', ''));
    } catch (error) {
      const wrong = error instanceof ApiError && [400, 401, 403, 422].includes(error.status);
      setError('code', { message: wrong ? t('second.wrong') : errorText(t, error) });
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={errors.root?.message} />
      <p className="text-sm">{t('totp.scan')}</p>
      <Qr text={setup.otpauthUrl} label={t('totp.qr')} />
      <CopyField label={t('totp.secret')} value={setup.secret} shownLabel />
      <CodeField
        label={t('totp.code')}
        error={errors.code?.message}
        registration={register('code', { required: t('field.required') })}
        inDialog
      />
      <Button type="submit" variant="primary" disabled={isSubmitting} className="h-9 w-full">
        {t('totp.confirm')}
      </Button>
    </form>
  );
}

/** Black on white in either theme: cameras want it so. */
function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { border: 2 });
    const squares = code.data.flatMap((line, y) =>
      line.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto size-44 rounded-lg border border-line"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
