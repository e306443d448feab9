import { useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { ApiError, codeOf } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FormError } from '../auth/auth-page.js';
import { CodeField } from '../auth/code-field.js';
import { CurrentPasswordField } from '../auth/password-field.js';
import { passkeysExist, showPasskey } from '../auth/passkeys.js';
import { passkeyOptions } from '../auth/sign-in.js';
import { factorsQuery, type Proof } from './queries.js';

interface ProofDialogProps {
  title: string;
  body?: string;
  action: string;
  danger?: boolean;
  /** Fields of the matter itself, above what proves who one is. */
  fields?: ReactNode;
  /** Does it; what it throws is shown in the dialog. */
  onProof: (proof: Proof) => Promise<void>;
  onClose: () => void;
}

/** Asks for a proof that it is the person before something is changed that protects the account. */
export function ProofDialog(props: ProofDialogProps) {
  const t = useText();
  const factors = useQuery(factorsQuery).data;
  const [byCode, setByCode] = useState(false);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { password: '', code: '' },
  });
  const { errors, isSubmitting } = formState;
  const asksCode = factors?.totp === true && (byCode || !factors.hasPassword);
  const none = factors && !factors.hasPassword && !factors.totp && factors.passkeys === 0;
  const asksPassword = !asksCode && factors?.hasPassword === true;

  const attempt = async (proof: Proof, field: 'password' | 'code' | 'root') => {
    try {
      await props.onProof(proof);
    } catch (error) {
      const wrong = codeOf(error) === 'auth.proof_wrong';
      const words = { password: t('password.wrong'), code: t('second.wrong'), root: '' };
      setError(wrong ? field : 'root', {
        message:
          (wrong && words[field]) ||
          (error instanceof ApiError ? errorText(t, error) : t('factors.passkeyCancelled')),
      });
    }
  };
  const submit = handleSubmit(({ password, code }) => {
    if (asksCode) return attempt({ code: code.replaceAll(' ', '') }, 'code');
    return asksPassword ? attempt({ password }, 'password') : attempt({}, 'root');
  });
  const usePasskey = async () => {
    try {
      await attempt({ passkey: await showPasskey(await passkeyOptions()) }, 'root');
    } catch {
      setError('root', { message: t('signIn.passkeyFailed') });
    }
  };
  return (
    <Dialog open onOpenChange={props.onClose} title={props.title} description={props.body}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        {none ? <p className="text-sm">{t('profile.noPassword')}</p> : props.fields}
        {asksPassword && (
          <CurrentPasswordField
            error={errors.password?.message}
            registration={register('password', { required: t('field.required') })}
            first={!props.fields}
          />
        )}
        {asksCode && (
          <CodeField
            label={t('second.code')}
            error={errors.code?.message}
            registration={register('code', { required: t('field.required') })}
            inDialog
          />
        )}
        {factors?.totp && factors.hasPassword && (
          <Button variant="ghost" onClick={() => setByCode(!byCode)}>
            {t(byCode ? 'factors.passwordInstead' : 'factors.codeInstead')}
          </Button>
        )}
        <div className="flex flex-wrap justify-end gap-2 pt-1">
          {passkeysExist && (factors?.passkeys ?? 0) > 0 && (
            <Button onClick={() => void usePasskey()}>
              <Fingerprint size={14} aria-hidden />
              {t('second.usePasskey')}
            </Button>
          )}
          <Button onClick={props.onClose}>{t('action.cancel')}</Button>
          <Button
            type="submit"
            variant={props.danger ? 'danger' : 'primary'}
            disabled={isSubmitting || !factors || none === true || (!asksPassword && !asksCode)}
          >
            {props.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
