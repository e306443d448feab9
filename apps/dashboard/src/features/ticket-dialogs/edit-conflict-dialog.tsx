import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { endConflict, useEditConflict } from '../tickets/edit-conflicts.js';
import { useValueWords } from './value-words.js';

/** Two people changed the same: both values side by side, and which of them is to stay. */
export function EditConflictDialog() {
  const t = useText();
  const conflict = useEditConflict();
  const { nameOf, valueOf } = useValueWords();
  if (!conflict) return null;
  return (
    <Dialog
      open
      onOpenChange={endConflict}
      title={t('conflict.title')}
      description={t('conflict.body')}
    >
      <dl className="mb-5 flex flex-col gap-4">
        {conflict.fields.map(({ field, yours, theirs }) => (
          <div key={field}>
            <dt className="mb-1 text-sm font-medium">{nameOf(field)}</dt>
            <dd className="grid gap-2 sm:grid-cols-2">
              {[
                { label: t('conflict.yours'), value: yours },
                { label: t('conflict.theirs'), value: theirs },
              ].map(({ label, value }) => (
                <div key={label} className="rounded-lg border border-line bg-surface px-3 py-2">
                  <span className="block text-xs text-muted">{label}</span>
                  <bdi className="block max-h-40 overflow-y-auto text-sm break-words">
                    {valueOf(field, value)}
                  </bdi>
                </div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          onClick={() => {
            endConflict();
            conflict.keepMine();
          }}
        >
          {t('conflict.keepMine')}
        </Button>
        <Button variant="primary" data-autofocus onClick={endConflict}>
          {t('conflict.keepTheirs')}
        </Button>
      </div>
    </Dialog>
  );
}
