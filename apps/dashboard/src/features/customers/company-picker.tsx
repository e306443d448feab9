import { ChevronsUpDown } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { ServerPicker, type Choice } from './server-picker.js';

interface CompanyPickerProps {
  company: Choice | null;
  hint?: string | undefined;
  error?: string | undefined;
  onPick: (company: Choice | null) => void;
}

/** The company that somebody is of, or none. */
export function CompanyPicker({ company, hint, error, onPick }: CompanyPickerProps) {
  const t = useText();
  return (
    <Field label={t('customers.company')} hint={hint} error={error}>
      {({ id, ...control }) => (
        <ServerPicker
          of="companies"
          label={t('customers.companyChoose')}
          first={
            company ? { label: t('customers.noCompany'), onPick: () => onPick(null) } : undefined
          }
          onPick={onPick}
        >
          <button
            type="button"
            id={id}
            aria-describedby={control['aria-describedby']}
            className="field flex items-center justify-between gap-2 text-start disabled:opacity-55"
          >
            <bdi className="truncate">{company?.name ?? t('customers.noCompany')}</bdi>
            <ChevronsUpDown size={14} className="shrink-0 text-subtle" aria-hidden />
          </button>
        </ServerPicker>
      )}
    </Field>
  );
}
