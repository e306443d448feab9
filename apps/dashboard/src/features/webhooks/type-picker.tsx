import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Tick } from '../desk-settings/name-fields.js';
import {
  byDomain,
  domainName,
  eventTypesQuery,
  typeName,
  type EventType,
} from '../event-browser/event-types.js';
import { aType } from './search.js';

interface TypePickerProps {
  chosen: string[];
  error: string | undefined;
  onChange: (types: string[]) => void;
}

/** Which events are sent: single ones, or all about one thing; every event when nothing is chosen. */
export function TypePicker({ chosen, error, onChange }: TypePickerProps) {
  const t = useText();
  const id = useId();
  const [words, setWords] = useState('');
  const { data = [] } = useQuery(eventTypesQuery);
  const letters = words.trim().toLocaleLowerCase();
  const fits = ({ type, description }: EventType) =>
    [type, description, typeName(t, type)].some((said) =>
      said.toLocaleLowerCase().includes(letters),
    );
  const has = (type: string) => chosen.includes(type);
  const toggle = (type: string) =>
    onChange(has(type) ? chosen.filter((each) => each !== type) : [...chosen, type]);
  const toggleAll = (domain: string) => {
    const rest = chosen.filter((each) => !each.startsWith(`${domain}.`));
    onChange(has(`${domain}.*`) ? rest : [...rest, `${domain}.*`]);
  };
  const one = ({ type, description }: EventType, domain: string) => (
    <li key={type}>
      <Tick
        label={typeName(t, type)}
        hint={typeName(t, type) === type ? description : `${type} · ${description}`}
        checked={has(type) || has(`${domain}.*`)}
        disabled={has(`${domain}.*`)}
        onChange={() => toggle(type)}
      />
    </li>
  );
  const groups = byDomain(letters === '' ? data : data.filter(fits));
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="mb-1 text-sm font-medium">{t('webhooks.types')}</legend>
      {chosen.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1">
          {chosen.map((type) => (
            <li key={type}>
              <button
                type="button"
                onClick={() => onChange(chosen.filter((each) => each !== type))}
                aria-label={t('webhooks.removeType', { type })}
                className="flex min-h-6 items-center gap-1 rounded-md bg-sunken px-1.5 font-mono text-2xs hover:bg-hover"
              >
                <bdi dir="ltr">{type}</bdi>
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        type="search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
        onKeyDown={(event) => {
          // It would send the form.
          if (event.key === 'Enter') event.preventDefault();
        }}
        aria-label={t('webhooks.findType')}
        placeholder={t('webhooks.findType')}
        className="field"
      />
      <div className="mt-2 max-h-60 overflow-y-auto rounded-lg border border-line px-3">
        {groups.map(({ domain, types }) => (
          <details
            key={domain}
            open={letters !== ''}
            className="border-b border-line last:border-0"
          >
            <summary className="flex min-h-8 cursor-pointer items-center rounded-lg text-sm -outline-offset-2">
              <span className="flex-1">{domainName(t, domain)}</span>
              <span className="text-xs text-muted">
                {has(`${domain}.*`)
                  ? t('webhooks.allTypes')
                  : types.filter(({ type }) => has(type)).length || ''}
              </span>
            </summary>
            <ul className="space-y-2 pt-2 pb-3">
              <li>
                <Tick
                  label={typeName(t, `${domain}.*`)}
                  checked={has(`${domain}.*`)}
                  onChange={() => toggleAll(domain)}
                />
              </li>
              {types.map((type) => one(type, domain))}
            </ul>
          </details>
        ))}
        {groups.length === 0 && letters !== '' && (
          <p className="flex min-h-10 flex-wrap items-center gap-3 py-2 text-sm text-muted">
            {t('webhooks.noType')}
            {/* Whoever may not read events gets no list of them, and may know what they want all the same. */}
            {aType.test(letters) && !has(letters) && (
              <Button onClick={() => toggle(letters)}>
                {t('webhooks.addType', { type: letters })}
              </Button>
            )}
          </p>
        )}
      </div>
      <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
        {chosen.length === 0
          ? t('webhooks.typesHint')
          : t('webhooks.chosen', { count: chosen.length })}
      </p>
      {error && (
        <p role="alert" className="mt-1 text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
