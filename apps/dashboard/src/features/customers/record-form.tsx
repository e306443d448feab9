import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { ConflictDialog } from './conflict-dialog.js';
import { FieldInputs, useFieldWords } from './field-inputs.js';
import type { OwnField } from './types.js';
import type { RecordInWork } from './use-record.js';

interface RecordFormProps {
  record: RecordInWork;
  fields: OwnField[];
  writes: boolean;
  label: string;
  /** What a field that is not a custom one is called in a conflict. */
  nameOf: (field: string) => string;
  wordsOf?: (field: string, value: unknown) => string | null;
  /** What stands between the name and the custom fields. */
  children: ReactNode;
}

/** The name, notes and custom fields of a customer or company, with what is asked when two change the same. */
export function RecordForm(props: RecordFormProps) {
  const t = useText();
  const { record, fields, writes, label, nameOf } = props;
  const words = useFieldWords(fields);
  const leaving = useBlocker({ shouldBlockFn: () => record.dirty, withResolver: true });
  const text = (field: string) => {
    const value = record.read(field);
    return typeof value === 'string' ? value : '';
  };
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void record.save();
      }}
    >
      <fieldset disabled={!writes} className="space-y-4">
        <FormError message={record.errors.root} />
        <Field label={t('customers.name')} error={record.errors.name}>
          {(control) => (
            <input
              {...control}
              value={text('name')}
              onChange={({ target }) => record.set('name', target.value)}
              maxLength={200}
              required
              dir="auto"
              className="field"
            />
          )}
        </Field>
        {props.children}
        <FieldInputs
          fields={fields}
          valueOf={record.read}
          onChange={record.set}
          errors={record.errors}
        />
        <Field
          label={t('customers.notes')}
          hint={t('customers.notesHint')}
          error={record.errors.notes}
        >
          {(control) => (
            <textarea
              {...control}
              value={text('notes')}
              onChange={({ target }) => record.set('notes', target.value)}
              maxLength={20_000}
              rows={5}
              dir="auto"
              className="field h-auto py-2"
            />
          )}
        </Field>
        {writes && (
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" disabled={!record.dirty || record.busy}>
              {t('customers.save')}
            </Button>
            {record.dirty && (
              <Button onClick={() => record.discard()}>{t('customers.discard')}</Button>
            )}
          </div>
        )}
      </fieldset>
      {record.conflict && (
        <ConflictDialog
          conflict={record.conflict}
          nameOf={(field) =>
            fields.find(({ key }) => `fields.${key}` === field)?.name ?? nameOf(field)
          }
          wordsOf={(field, value) => props.wordsOf?.(field, value) ?? words(field, value)}
          onMine={record.keepMine}
          onTheirs={() => void record.keepTheirs()}
          onClose={record.askLater}
        />
      )}
      <Confirm
        open={leaving.status === 'blocked'}
        onOpenChange={(open) => !open && leaving.reset?.()}
        title={t('customers.leave.title')}
        body={t('customers.leave.body')}
        action={t('customers.leave.action')}
        onConfirm={() => leaving.proceed?.()}
      />
    </form>
  );
}
