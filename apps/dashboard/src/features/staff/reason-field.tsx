import type { UseFormRegisterReturn } from 'react-hook-form';
import type { Translate } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';

const longestReason = 500;

/** Something has to be said. */
export const reasonRule = (t: Translate) => ({
  validate: (value: string) => value.trim() !== '' || t('field.required'),
});

interface ReasonFieldProps {
  /** Of `reasonRule`. */
  registered: UseFormRegisterReturn;
  hint: string;
  error: string | undefined;
  /** Where the dialog begins. */
  first?: boolean;
}

/** Why, in words that the organization or the other staff will read. */
export function ReasonField({ registered, hint, error, first = false }: ReasonFieldProps) {
  const t = useText();
  return (
    <Field label={t('staff.reason')} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          {...registered}
          maxLength={longestReason}
          {...(first && { 'data-autofocus': true })}
          className="field"
          dir="auto"
        />
      )}
    </Field>
  );
}
