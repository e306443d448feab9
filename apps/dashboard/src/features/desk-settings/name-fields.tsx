import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';

interface NameFieldsProps {
  name: string;
  onName: (name: string) => void;
  longest: number;
  description?: string;
  onDescription?: (description: string) => void;
  errors: Record<string, string>;
}

/** What a thing is called, and what it is for where it says so. */
export function NameFields(props: NameFieldsProps) {
  const t = useText();
  const { onDescription } = props;
  return (
    <>
      <Field label={t('deskSettings.name')} error={props.errors.name}>
        {(control) => (
          <input
            {...control}
            value={props.name}
            onChange={({ target }) => props.onName(target.value)}
            maxLength={props.longest}
            data-autofocus
            dir="auto"
            className="field"
          />
        )}
      </Field>
      {onDescription && (
        <Field
          label={t('deskSettings.description')}
          optional={t('field.optional')}
          error={props.errors.description}
        >
          {(control) => (
            <input
              {...control}
              value={props.description ?? ''}
              onChange={({ target }) => onDescription(target.value)}
              maxLength={500}
              dir="auto"
              className="field"
            />
          )}
        </Field>
      )}
    </>
  );
}

interface TickProps {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is so or not. */
export function Tick({ label, hint, checked, disabled, onChange }: TickProps) {
  return (
    <label className="flex min-h-6 items-start gap-2 text-sm">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-accent"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
