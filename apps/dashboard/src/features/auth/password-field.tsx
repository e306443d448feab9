import type { UseFormRegisterReturn } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';

export const minimumPassword = 8;

interface PasswordFieldProps {
  label?: string;
  error: string | undefined;
  registration: UseFormRegisterReturn;
  autoFocus?: boolean;
  /** It has the focus when its dialog opens. */
  first?: boolean;
}

/** A password to be chosen, with what makes a good one. */
export function NewPasswordField({ label, error, registration, autoFocus }: PasswordFieldProps) {
  const t = useText();
  return (
    <Field
      label={label ?? t('field.password')}
      hint={t('password.hint', { minimumPassword })}
      error={error}
    >
      {(control) => (
        <input
          {...control}
          {...registration}
          type="password"
          autoComplete="new-password"
          autoFocus={autoFocus}
          className="field"
          dir="ltr"
        />
      )}
    </Field>
  );
}

/** The password that proves who one is. */
export function CurrentPasswordField(props: PasswordFieldProps) {
  const { label, error, registration, first = false } = props;
  const t = useText();
  return (
    <Field label={label ?? t('password.current')} error={error}>
      {(control) => (
        <input
          {...control}
          {...registration}
          type="password"
          autoComplete="current-password"
          data-autofocus={first || undefined}
          className="field"
          dir="ltr"
        />
      )}
    </Field>
  );
}
