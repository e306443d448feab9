import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import type { Conflict } from './use-record.js';

interface ConflictDialogProps {
  conflict: Conflict[];
  nameOf: (field: string) => string;
  wordsOf: (field: string, value: unknown) => string;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

/** Two people changed the same: both values side by side, and which of them is to stay. */
export function ConflictDialog(props: ConflictDialogProps) {
  const t = useText();
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t('customers.conflict.title')}
      description={t('customers.conflict.body')}
    >
      <dl className="mb-5 flex flex-col gap-4">
        {props.conflict.map(({ field, yours, theirs }) => (
          <div key={field}>
            <dt className="mb-1 text-sm font-medium">{props.nameOf(field)}</dt>
            <dd className="grid gap-2 sm:grid-cols-2">
              {[
                { label: t('customers.conflict.yours'), value: yours },
                { label: t('customers.conflict.theirs'), value: theirs },
              ].map(({ label, value }) => (
                <div key={label} className="rounded-lg border border-line bg-surface px-3 py-2">
                  <span className="block text-xs text-muted">{label}</span>
                  <bdi className="block max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap">
                    {props.wordsOf(field, value) || t('customers.nothing')}
                  </bdi>
                </div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={props.onMine}>{t('customers.conflict.mine')}</Button>
        <Button variant="primary" data-autofocus onClick={props.onTheirs}>
          {t('customers.conflict.keepTheirs')}
        </Button>
      </div>
    </Dialog>
  );
}
