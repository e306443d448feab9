import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { call, queryOf } from '../../api/call.js';
import type { CustomField, Named, Page } from '../../api/desk-types.js';
import { useText } from '../../messages/intl.js';
import { useMe } from '../auth/queries.js';
import { statesQuery, teamsQuery } from '../desk/queries.js';
import { assigneesQuery } from '../people/queries.js';
import { priorities, statuses } from '../tickets/search.js';
import type { ValueKind } from './conditions.js';

interface ValueProps {
  kind: ValueKind;
  many: boolean;
  value: unknown;
  field: CustomField | undefined;
  onChange: (value: unknown) => void;
}

interface Choice {
  value: string;
  label: string;
}

const types = ['question', 'incident', 'problem', 'task'] as const;
const channels = ['email', 'web', 'api'] as const;

/** What can be chosen for a value, or null where it is typed. */
function useChoices(kind: ValueKind, field: CustomField | undefined): Choice[] | null {
  const t = useText();
  const me = useMe();
  const { data: people = [] } = useQuery({ ...assigneesQuery, enabled: kind === 'person' });
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled: kind === 'team' });
  const { data: states = [] } = useQuery({ ...statesQuery, enabled: kind === 'state' });
  const named = (all: Named[]) => all.map(({ id, name }) => ({ value: id, label: name }));
  switch (kind) {
    case 'status':
      return statuses.map((value) => ({ value, label: t(`status.${value}`) }));
    case 'priority':
      return priorities.map((value) => ({ value, label: t(`priority.${value}`) }));
    case 'type':
      return types.map((value) => ({ value, label: t(`ticketType.${value}`) }));
    case 'channel':
      return channels.map((value) => ({ value, label: t(`channel.${value}`) }));
    case 'state':
      return named(states);
    case 'person':
      return [
        { value: 'me', label: t('viewEditor.whoeverLooks') },
        ...named(people.filter(({ id }) => id !== me?.user.id)),
        ...(me ? [{ value: me.user.id, label: me.user.name }] : []),
      ];
    case 'team':
      return [{ value: 'mine', label: t('viewEditor.ownTeams') }, ...named(teams)];
    case 'options':
      return named(field?.options ?? []);
    case 'flag':
      return [
        { value: 'true', label: t('viewEditor.yes') },
        { value: 'false', label: t('viewEditor.no') },
      ];
    default:
      return null;
  }
}

/** The control for what a condition compares with. */
export function ConditionValue({ kind, many, value, field, onChange }: ValueProps) {
  const t = useText();
  const choices = useChoices(kind, field);
  const label = t('viewEditor.value');
  if (choices && many) return <Several choices={choices} value={value} onChange={onChange} />;
  if (choices) {
    return (
      <select
        aria-label={label}
        value={String(value)}
        onChange={({ target }) =>
          onChange(kind === 'flag' ? target.value === 'true' : target.value)
        }
        className="field"
      >
        {!choices.some((choice) => choice.value === String(value)) && <option value="">–</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'time') return <Moment value={String(value)} onChange={onChange} />;
  if (kind === 'customer' || kind === 'company')
    return <Lookup of={kind} value={String(value)} onChange={onChange} />;
  const listed = Array.isArray(value) ? value.join(', ') : String((value as string | number) ?? '');
  return (
    <input
      type={kind === 'number' ? 'number' : kind === 'day' ? 'date' : 'text'}
      aria-label={label}
      defaultValue={listed}
      onChange={({ target }) => {
        if (kind === 'number') onChange(target.value === '' ? '' : target.valueAsNumber);
        else if (many)
          onChange(
            target.value
              .split(/[,،]/)
              .map((one) => one.trim())
              .filter(Boolean),
          );
        else onChange(target.value);
      }}
      placeholder={many ? t('field.tagsHint') : undefined}
      maxLength={500}
      dir="auto"
      className="field"
    />
  );
}

function Several(props: {
  choices: Choice[];
  value: unknown;
  onChange: (value: string[]) => void;
}) {
  const t = useText();
  const chosen = Array.isArray(props.value) ? (props.value as string[]) : [];
  return (
    <div role="group" aria-label={t('viewEditor.value')} className="flex flex-wrap gap-1.5 py-1">
      {props.choices.map(({ value, label }) => {
        const pressed = chosen.includes(value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={pressed}
            onClick={() =>
              props.onChange(pressed ? chosen.filter((one) => one !== value) : [...chosen, value])
            }
            className={clsx(
              'h-7 rounded-full border px-2.5 text-xs',
              pressed ? 'border-accent bg-selected font-medium' : 'border-edge text-muted',
            )}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}

const relative = /^-(\d{1,4})([hdw])$/;
const units = ['h', 'd', 'w'] as const;

function Moment({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText();
  const [, amount = '7', unit = 'd'] = relative.exec(value) ?? [];
  const isRelative = relative.test(value);
  return (
    <div className="flex flex-wrap gap-2">
      <select
        aria-label={t('viewEditor.kindOfTime')}
        value={isRelative ? 'relative' : 'day'}
        onChange={({ target }) =>
          onChange(target.value === 'day' ? new Date().toISOString().slice(0, 10) : '-7d')
        }
        className="field w-auto! flex-1"
      >
        <option value="relative">{t('viewEditor.ago')}</option>
        <option value="day">{t('viewEditor.day')}</option>
      </select>
      {isRelative ? (
        <>
          <input
            type="number"
            min={1}
            max={9999}
            aria-label={t('viewEditor.value')}
            value={amount}
            onChange={({ target }) =>
              onChange(`-${Math.min(9999, Math.max(1, target.valueAsNumber || 1))}${unit}`)
            }
            className="field w-20!"
          />
          <select
            aria-label={t('viewEditor.unit')}
            value={unit}
            onChange={({ target }) => onChange(`-${amount}${target.value}`)}
            className="field w-auto!"
          >
            {units.map((each) => (
              <option key={each} value={each}>
                {t(`viewEditor.unit.${each}`)}
              </option>
            ))}
          </select>
        </>
      ) : (
        <input
          type="date"
          aria-label={t('viewEditor.value')}
          value={value.slice(0, 10)}
          onChange={({ target }) => onChange(target.value)}
          className="field w-auto!"
        />
      )}
    </div>
  );
}

interface Found extends Named {
  email?: string;
}

/** One customer or company, found by a few letters. */
function Lookup(props: {
  of: 'customer' | 'company';
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useText();
  const [words, setWords] = useState('');
  const id = useId();
  const path = props.of === 'customer' ? '/customers' : '/companies';
  const { data: chosen } = useQuery({
    queryKey: [path.slice(1), 'one', props.value],
    enabled: props.value !== '',
    queryFn: async ({ signal }) =>
      (await call<{ data: Found }>('GET', `${path}/${props.value}`, { signal })).data,
  });
  const { data: found = [] } = useQuery({
    queryKey: [path.slice(1), 'found', words],
    enabled: words.trim().length > 1,
    queryFn: async ({ signal }) =>
      (
        await call<Page<Found>>('GET', `${path}${queryOf({ q: words.trim(), limit: 6 })}`, {
          signal,
        })
      ).data,
  });
  const said = (one: Found) => one.name || one.email || one.id;
  return (
    <div>
      <input
        type="search"
        aria-label={t('viewEditor.value')}
        aria-describedby={id}
        value={words}
        onChange={({ target }) => setWords(target.value)}
        placeholder={chosen ? said(chosen) : t('viewEditor.find')}
        dir="auto"
        className="field"
      />
      <p id={id} className="mt-1 text-xs text-muted empty:hidden">
        {chosen && said(chosen)}
      </p>
      {words.trim().length > 1 && (
        <ul className="mt-1 rounded-lg border border-line">
          {found.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  props.onChange(one.id);
                  setWords('');
                }}
                className="flex min-h-8 w-full items-center px-2.5 text-start text-sm hover:bg-hover"
              >
                <bdi className="truncate">{said(one)}</bdi>
              </button>
            </li>
          ))}
          {found.length === 0 && (
            <li className="px-2.5 py-1.5 text-xs text-muted">{t('palette.empty')}</li>
          )}
        </ul>
      )}
    </div>
  );
}
