import type { FieldErrors, UseFormRegister } from 'react-hook-form';
import type { ApiScope } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { useMe } from '../auth/queries.js';
import { scopes } from './queries.js';

/** What a form about a key holds, among other things. */
export interface KeyForm {
  name: string;
  scopes: ApiScope[];
  networks: string;
  environment: 'live' | 'test';
  days: string;
}

/** The addresses and blocks of a text with one on each line. */
export function toNetworks(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

interface KeyFieldsProps {
  register: UseFormRegister<KeyForm>;
  errors: FieldErrors<KeyForm>;
}

/** What a key is called, may do, and may be used from. */
export function KeyFields({ register, errors }: KeyFieldsProps) {
  const t = useText();
  const me = useMe();
  return (
    <>
      <Field label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} error={errors.name?.message}>
        {(control) => (
          <input
            {...control}
            {...register('name', { required: t('field.required') })}
            maxLength={80}
            data-autofocus
            className="field"
            dir="auto"
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t('apiKeys.scopes')}</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {scopes
            // Nobody can hand out more than they hold themselves.
            .filter((scope) => me?.permissions.some((held) => held === scope))
            .map((scope) => (
              <label key={scope} className="flex min-h-7 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  value={scope}
                  {...register('scopes', {
                    validate: (chosen) => chosen.length > 0 || t('apiKeys.scopesMissing'),
                  })}
                  className="size-4 accent-accent"
                />
                <code className="font-mono text-xs" dir="ltr">
                  {scope}
                </code>
              </label>
            ))}
        </div>
        {errors.scopes && (
          <p role="alert" className="mt-1 text-xs text-danger">
            {errors.scopes.message}
          </p>
        )}
      </fieldset>
      <Field
        label={t('apiKeys.networks')}
        hint={t('apiKeys.networksHint')}
        optional={t('field.optional')}
        error={errors.networks?.message}
      >
        {(control) => (
          <textarea
            {...control}
            {...register('networks')}
            rows={2}
            spellCheck={false}
            className="field font-mono text-xs"
            dir="ltr"
          />
        )}
      </Field>
    </>
  );
}
