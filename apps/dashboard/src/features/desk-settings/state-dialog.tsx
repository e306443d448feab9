import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { NameFields, Tick } from './name-fields.js';
import { saveSetting, useSettingChanged } from './queries.js';
import { SettingDialog } from './setting-dialog.js';
import { categories, type Category, type State } from './types.js';

/** What a state is called, and which of the five it counts as: that never changes. */
export function StateDialog({ state, onClose }: { state: State | null; onClose: () => void }) {
  const t = useText();
  const changed = useSettingChanged('ticket-states');
  const [name, setName] = useState(state?.name ?? '');
  const [category, setCategory] = useState<Category>(state?.category ?? 'open');
  const [isDefault, setDefault] = useState(state?.isDefault ?? false);
  return (
    <SettingDialog
      title={state ? t('deskSettings.editTitle', { name: state.name }) : t('states.create')}
      action={t(state ? 'deskSettings.save' : 'states.create')}
      onClose={onClose}
      onSave={async () => {
        const becomes = isDefault && !state?.isDefault ? { isDefault: true } : {};
        await saveSetting(
          '/ticket-states',
          state,
          state ? { name, ...becomes } : { name, category },
        );
        await changed();
      }}
    >
      {(errors) => (
        <>
          <NameFields name={name} onName={setName} longest={60} errors={errors} />
          {!state && (
            <Field
              label={t('states.category')}
              hint={t('states.categoryHint')}
              error={errors.category}
            >
              {(control) => (
                <select
                  {...control}
                  value={category}
                  onChange={({ target }) => setCategory(target.value as Category)}
                  className="field"
                >
                  {categories.map((each) => (
                    <option key={each} value={each}>
                      {t(`status.${each}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {state && (
            <Tick
              label={t('states.default')}
              hint={t('states.defaultHint')}
              checked={isDefault}
              disabled={state.isDefault}
              onChange={setDefault}
            />
          )}
        </>
      )}
    </SettingDialog>
  );
}
