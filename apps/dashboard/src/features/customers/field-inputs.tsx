import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import type { OwnField } from './types.js';

/** What can be chosen: what is offered no more only where it was chosen before. */
const offered = (field: OwnField, value: unknown) =>
  field.options.filter(
    ({ id, isArchived }) =>
      !isArchived || (Array.isArray(value) ? value.includes(id) : value === id),
  );

interface FieldInputsProps {
  fields: OwnField[];
  valueOf: (field: string) => unknown;
  onChange: (field: string, value: unknown) => void;
  errors: Record<string, string>;
}

/** A control for each custom field, by its kind. An empty one is stored as none. */
export function FieldInputs({ fields, valueOf, onChange, errors }: FieldInputsProps) {
  return fields.map((field) => {
    const name = `fields.${field.key}`;
    const value = valueOf(name);
    const change = (next: unknown) => onChange(name, next);
    if (field.kind === 'multi_select')
      return <Several key={field.id} field={field} value={value} onChange={change} />;
    if (field.kind === 'checkbox')
      return <Tick key={field.id} field={field} value={value} onChange={change} />;
    return (
      <Field
        key={field.id}
        label={field.name}
        hint={field.description || undefined}
        error={errors[name]}
      >
        {(control) =>
          field.kind === 'select' ? (
            <select
              {...control}
              value={typeof value === 'string' ? value : ''}
              onChange={({ target }) => change(target.value || null)}
              className="field"
            >
              <option value="">–</option>
              {offered(field, value).map(({ id, name: label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input
              {...control}
              type={field.kind === 'number' ? 'number' : field.kind === 'date' ? 'date' : 'text'}
              step="any"
              maxLength={500}
              value={typeof value === 'string' || typeof value === 'number' ? value : ''}
              onChange={({ target }) =>
                change(
                  target.value === ''
                    ? null
                    : field.kind === 'number'
                      ? target.valueAsNumber
                      : target.value,
                )
              }
              dir={field.kind === 'text' ? 'auto' : undefined}
              className="field"
            />
          )
        }
      </Field>
    );
  });
}

interface OneProps {
  field: OwnField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Several({ field, value, onChange }: OneProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{field.name}</legend>
      {field.description && <p className="mb-1 text-xs text-muted">{field.description}</p>}
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {offered(field, value).map(({ id, name }) => (
          <label key={id} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Tick({ field, value, onChange }: OneProps) {
  return (
    <label className="flex min-h-6 items-start gap-2 text-sm">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-accent"
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        <bdi className="font-medium">{field.name}</bdi>
        {field.description && <span className="block text-xs text-muted">{field.description}</span>}
      </span>
    </label>
  );
}

/** Says the value of a custom field as a person reads it. */
export function useFieldWords(fields: OwnField[]) {
  const t = useText();
  return (name: string, value: unknown): string => {
    const field = fields.find(({ key }) => `fields.${key}` === name);
    if (value === null || value === undefined) return '';
    if (typeof value === 'boolean') return t(value ? 'customers.yes' : 'customers.no');
    const option = (id: unknown) =>
      field?.options.find((each) => each.id === id)?.name ?? String(id);
    if (Array.isArray(value)) return value.map(option).join(', ');
    if (typeof value === 'object') return String((value as { name?: string }).name ?? '');
    return field?.kind === 'select' ? option(value) : String(value as string | number);
  };
}
