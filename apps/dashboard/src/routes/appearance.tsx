import { useId } from 'react';
import { setPreferences, usePreferences } from '../features/settings/preferences.js';
import { languages, type Language } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';
import { PageBody } from '../ui/page.js';

/** How this browser shows the dashboard. */
export function AppearanceRoute() {
  const t = useText();
  const { theme, density, language } = usePreferences();
  return (
    <PageBody title={t('pages.appearance')} intro={t('settings.intro')}>
      <div className="flex flex-col divide-y divide-line border-y border-line">
        <Choice
          label={t('settings.theme')}
          hint={t('settings.themeHint')}
          value={theme}
          choices={[
            { value: 'system', label: t('settings.theme.system') },
            { value: 'light', label: t('settings.theme.light') },
            { value: 'dark', label: t('settings.theme.dark') },
          ]}
          onChange={(next) => setPreferences({ theme: next })}
        />
        <Choice
          label={t('settings.density')}
          hint={t('settings.densityHint')}
          value={density}
          choices={[
            { value: 'comfortable', label: t('settings.density.comfortable') },
            { value: 'compact', label: t('settings.density.compact') },
          ]}
          onChange={(next) => setPreferences({ density: next })}
        />
        <Choice
          label={t('settings.language')}
          hint={t('settings.languageHint')}
          value={language}
          choices={(Object.keys(languages) as Language[]).map((each) => ({
            value: each,
            label: languages[each].name,
          }))}
          onChange={(next) => setPreferences({ language: next })}
        />
      </div>
    </PageBody>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  hint: string;
  value: T;
  choices: { value: T; label: string }[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, hint, value, choices, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 py-4">
      <div className="min-w-0">
        <h2 id={name} className="text-sm font-medium">
          {label}
        </h2>
        <p className="text-xs text-muted">{hint}</p>
      </div>
      <div
        role="radiogroup"
        aria-labelledby={name}
        className="flex gap-1 rounded-xl border border-line bg-ground p-1"
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="relative flex h-7 items-center rounded-lg px-3 text-sm text-muted has-checked:bg-raised has-checked:font-medium has-checked:text-text has-checked:shadow-small has-focus-visible:outline-2 has-focus-visible:outline-accent dark:has-checked:bg-selected"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </div>
  );
}
