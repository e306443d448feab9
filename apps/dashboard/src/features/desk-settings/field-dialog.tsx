import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { NameFields, Tick } from './name-fields.js';
import { OptionsEditor } from './options-editor.js';
import { saveSetting, useSettingChanged } from './queries.js';
import { SettingDialog } from './setting-dialog.js';
import {
  fieldKinds,
  type CustomField,
  type FieldKind,
  type FieldOption,
  type FieldSubject,
} from './types.js';

interface FieldDialogProps {
  field: CustomField | null;
  subject: FieldSubject;
  position: number;
  onClose: () => void;
}

/** The key that a name suggests: what programs and filters call the field. */
function keyOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return plain.slice(0, 50);
}

const chooses = (kind: FieldKind) => kind === 'select' || kind === 'multi_select';

/** What a field is called, asks and takes. Its key and kind never change: values are stored under them. */
export function FieldDialog({ field, subject, position, onClose }: FieldDialogProps) {
  const t = useText();
  const changed = useSettingChanged('custom-fields');
  const [name, setName] = useState(field?.name ?? '');
  const [description, setDescription] = useState(field?.description ?? '');
  const [typedKey, setKey] = useState<string | null>(null);
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text');
  const [options, setOptions] = useState<(FieldOption | Omit<FieldOption, 'id'>)[]>(
    field?.options ?? [],
  );
  const [required, setRequired] = useState(field?.requiredOnSolve ?? false);
  const key = typedKey ?? keyOf(name);
  return (
    <SettingDialog
      title={field ? t('deskSettings.editTitle', { name: field.name }) : t('fields.create')}
      action={t(field ? 'deskSettings.save' : 'fields.create')}
      onClose={onClose}
      onSave={async () => {
        const body = {
          name,
          description,
          ...(subject === 'ticket' && { requiredOnSolve: required }),
          ...(chooses(kind) && {
            options: options
              .filter((option) => option.name.trim() !== '')
              .map((option) =>
                'id' in option ? { id: option.id, name: option.name } : { name: option.name },
              ),
          }),
        };
        await saveSetting(
          '/custom-fields',
          field,
          field ? body : { ...body, subject, key, kind, position },
        );
        await changed();
      }}
    >
      {(errors) => (
        <>
          <NameFields
            name={name}
            onName={setName}
            longest={100}
            description={description}
            onDescription={setDescription}
            errors={errors}
          />
          {!field && (
            <>
              <Field label={t('fields.kind')} hint={t('fields.fixed')} error={errors.kind}>
                {(control) => (
                  <select
                    {...control}
                    value={kind}
                    onChange={({ target }) => setKind(target.value as FieldKind)}
                    className="field"
                  >
                    {fieldKinds.map((each) => (
                      <option key={each} value={each}>
                        {t(`fields.kind.${each}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label={t('fields.key')} hint={t('fields.keyHint')} error={errors.key}>
                {(control) => (
                  <input
                    {...control}
                    value={key}
                    onChange={({ target }) => setKey(target.value)}
                    maxLength={50}
                    spellCheck={false}
                    dir="ltr"
                    className="field font-mono"
                  />
                )}
              </Field>
            </>
          )}
          {chooses(kind) && (
            <OptionsEditor options={options} error={errors.options} onChange={setOptions} />
          )}
          {subject === 'ticket' && (
            <Tick label={t('fields.requiredOnSolve')} checked={required} onChange={setRequired} />
          )}
        </>
      )}
    </SettingDialog>
  );
}
