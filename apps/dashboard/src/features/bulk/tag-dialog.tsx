import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import type { BulkChange } from './operations.js';

interface TagDialogProps {
  open: boolean;
  onClose: () => void;
  onDone: (change: BulkChange) => void;
}

const tagsOf = (text: string) => [
  ...new Set(
    text
      .split(/[,،]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** Tags that the chosen tickets get, and those that they lose. */
export function TagDialog({ open, onClose, onDone }: TagDialogProps) {
  const t = useText();
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState('');
  const addTags = tagsOf(add);
  const removeTags = tagsOf(remove);
  const empty = addTags.length + removeTags.length === 0;
  return (
    <Dialog open={open} onOpenChange={onClose} title={t('bulk.tags')}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (empty) return;
          setAdd('');
          setRemove('');
          onDone({
            ...(addTags.length > 0 && { addTags }),
            ...(removeTags.length > 0 && { removeTags }),
          });
        }}
      >
        <Field label={t('bulk.addTags')} hint={t('field.tagsHint')}>
          {(control) => (
            <input
              {...control}
              data-autofocus
              value={add}
              onChange={(event) => setAdd(event.target.value)}
              maxLength={500}
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <Field label={t('bulk.removeTags')} hint={t('field.tagsHint')}>
          {(control) => (
            <input
              {...control}
              value={remove}
              onChange={(event) => setRemove(event.target.value)}
              maxLength={500}
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('bulk.apply')} busy={empty} />
      </form>
    </Dialog>
  );
}
