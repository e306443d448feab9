import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';

/** The domains out of what was typed: one a line, or separated by commas. */
export function domainsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,،;]+/)
        .filter(Boolean),
    ),
  ].toSorted();
}

interface DomainsFieldProps {
  value: string;
  error?: string | undefined;
  onChange: (text: string) => void;
}

/** The mail domains of a company. */
export function DomainsField({ value, error, onChange }: DomainsFieldProps) {
  const t = useText();
  return (
    <Field
      label={t('companies.domains')}
      hint={t('companies.domainsHint')}
      optional={t('field.optional')}
      error={error}
    >
      {(control) => (
        <textarea
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          rows={3}
          spellCheck={false}
          dir="ltr"
          placeholder="example.com"
          className="field h-auto py-2 font-mono text-sm"
        />
      )}
    </Field>
  );
}
