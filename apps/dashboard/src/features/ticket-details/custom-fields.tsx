import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Menu, MenuChoices } from '../../ui/menu.js';
import type { TicketActions } from '../tickets/actions.js';
import { fieldsQuery } from '../tickets/ticket-queries.js';
import type { CustomField, DeepTicket, FieldValue } from '../tickets/ticket-types.js';
import { useValueWords } from '../ticket-dialogs/value-words.js';
import { Property, PropertyButton } from './property.js';

interface CustomFieldsProps {
  ticket: DeepTicket;
  actions: TicketActions;
  writes: boolean;
}

const shownAtFirst = 8;

/** The fields that the organization has thought up itself. */
export function CustomFields({ ticket, actions, writes }: CustomFieldsProps) {
  const t = useText();
  const [all, setAll] = useState(false);
  const { data: fields = [] } = useQuery(fieldsQuery);
  const asked = fields.filter(
    ({ archivedAt, key }) => !archivedAt || (ticket.fields[key] ?? null) !== null,
  );
  if (asked.length === 0) return null;
  // What is filled in or has to be comes first; an organization may have hundreds.
  const sorted = asked.toSorted(
    (one, other) => weight(other, ticket) - weight(one, ticket) || one.position - other.position,
  );
  const shown = all ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <section aria-label={t('fields.title')} className="border-t border-line pt-4">
      <dl className="flex flex-col gap-1">
        {shown.map((field) => (
          <Property
            key={field.id}
            label={field.requiredOnSolve ? t('fields.required', { name: field.name }) : field.name}
          >
            <FieldControl
              field={field}
              value={ticket.fields[field.key] ?? null}
              version={ticket.version}
              writes={writes}
              onChange={(value, seen) => void actions.setField(field.key, value, seen)}
            />
          </Property>
        ))}
      </dl>
      {sorted.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-2 h-7 px-2 text-xs text-accent-text underline underline-offset-2"
        >
          {t('fields.more', { count: sorted.length - shown.length })}
        </button>
      )}
    </section>
  );
}

function weight(field: CustomField, ticket: DeepTicket): number {
  return ((ticket.fields[field.key] ?? null) === null ? 0 : 1) + (field.requiredOnSolve ? 2 : 0);
}

interface FieldControlProps {
  field: CustomField;
  value: FieldValue;
  version: number;
  writes: boolean;
  /** `seen` is the version that was looked at when the editing began. */
  onChange: (value: FieldValue, seen: number) => void;
}

const nothing = '';

function FieldControl(props: FieldControlProps) {
  const { field, value, version, writes, onChange } = props;
  const t = useText();
  const { valueOf } = useValueWords();
  const id = useId();
  if (field.kind === 'checkbox') {
    return (
      <label htmlFor={id} className="flex min-h-8 items-center gap-2 px-2 text-sm">
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          disabled={!writes}
          aria-label={field.name}
          onChange={(event) => onChange(event.target.checked, version)}
          className="size-4 accent-accent"
        />
        {t(value === true ? 'value.yes' : 'value.no')}
      </label>
    );
  }
  if (field.kind === 'select') {
    return (
      <Menu
        className="max-h-80 w-(--radix-dropdown-menu-trigger-width) overflow-y-auto"
        trigger={
          <PropertyButton
            field={field.name}
            value={valueOf(`fields.${field.key}`, value)}
            unset={value === null}
            disabled={!writes}
          />
        }
      >
        <MenuChoices
          value={typeof value === 'string' ? value : nothing}
          onChange={(chosen) => onChange(chosen === nothing ? null : chosen, version)}
          choices={[
            { value: nothing, label: t('value.none') },
            ...field.options.map((option) => ({ value: option.id, label: option.name })),
          ]}
        />
      </Menu>
    );
  }
  if (field.kind === 'multi_select') return <ManyOf {...props} />;
  return <Written {...props} />;
}

/** Several of a few. */
function ManyOf({ field, value, version, writes, onChange }: FieldControlProps) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <div role="group" aria-label={field.name} className="flex flex-wrap gap-1.5 px-2 pt-1">
      {field.options.map((option) => {
        const on = chosen.includes(option.id);
        return (
          <button
            key={option.id}
            type="button"
            aria-pressed={on}
            disabled={!writes}
            onClick={() => {
              const next = on
                ? chosen.filter((each) => each !== option.id)
                : [...chosen, option.id];
              onChange(next.length > 0 ? next : null, version);
            }}
            className="flex h-6 items-center rounded-full border border-line px-2 text-xs text-muted aria-pressed:bg-selected aria-pressed:text-accent-text"
          >
            {option.name}
          </button>
        );
      })}
    </div>
  );
}

/** A text, a number or a day: a field as soon as it is clicked. */
function Written({ field, value, version, writes, onChange }: FieldControlProps) {
  const t = useText();
  const { valueOf } = useValueWords();
  const [typed, setTyped] = useState<string | null>(null);
  const seen = useRef(version);
  const shown = valueOf(`fields.${field.key}`, value);
  const done = (save: boolean) => {
    const text = typed?.trim() ?? '';
    setTyped(null);
    if (!save) return;
    const number = Number(text);
    const next = text === '' ? null : field.kind === 'number' ? number : text;
    if (Number.isNaN(number) && field.kind === 'number') return;
    if (next !== value) onChange(next, seen.current);
  };
  if (typed === null) {
    return (
      <button
        type="button"
        disabled={!writes}
        aria-label={t('ticket.field', { field: field.name, value: shown })}
        onClick={() => {
          seen.current = version;
          setTyped(value === null ? '' : String(value));
        }}
        className="flex min-h-8 w-full items-center rounded-lg px-2 py-1 text-start text-sm enabled:hover:bg-hover"
      >
        <bdi className={`min-w-0 flex-1 break-words ${value === null ? 'text-muted' : ''}`}>
          {shown}
        </bdi>
      </button>
    );
  }
  return (
    <input
      autoFocus
      type={field.kind === 'date' ? 'date' : 'text'}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      value={typed}
      maxLength={500}
      dir="auto"
      aria-label={field.name}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done(true);
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          done(false);
        }
      }}
      className="field py-1! text-sm"
    />
  );
}
