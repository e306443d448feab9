import type { UseFormRegisterReturn } from 'react-hook-form';
import { Field } from '../../ui/field.js';

interface CodeFieldProps {
  label: string;
  error: string | undefined;
  registration: UseFormRegisterReturn;
  /** In a dialog the window itself sets the focus, so that it finds its way back. */
  inDialog?: boolean;
}

/** Six digits of an authenticator app, which a telephone's keyboard offers by itself. */
export function CodeField({ label, error, registration, inDialog = false }: CodeFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          {...registration}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          {...(inDialog ? {} : { autoFocus: true })}
          className="field font-mono text-lg tracking-[0.3em]"
          dir="ltr"
        />
      )}
    </Field>
  );
}
