import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { endUndoConflicts, useUndoConflicts } from './operations.js';
import { useValueWords } from './value-words.js';

/** Why something cannot be undone: what was changed after it. Nothing was touched. */
export function UndoConflictDialog() {
  const t = useText();
  const conflicts = useUndoConflicts();
  const { nameOf, valueOf } = useValueWords();
  if (!conflicts) return null;
  return (
    <Dialog
      open
      onOpenChange={endUndoConflicts}
      title={t('operation.conflict.title')}
      description={t('operation.conflict.body')}
      shape="wide"
    >
      <div
        className="mb-5 overflow-x-auto"
        role="region"
        aria-label={t('operation.conflict.title')}
        tabIndex={0}
      >
        <table className="w-full text-start text-sm">
          <thead className="text-xs text-muted">
            <tr>
              {(['ticket', 'field', 'before', 'after', 'now'] as const).map((column) => (
                <th key={column} scope="col" className="py-1 pe-4 text-start font-medium">
                  {t(`operation.conflict.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {conflicts.map(({ ticketId, number, field, before, after, now }) => (
              <tr key={`${ticketId}.${field}`} className="border-t border-line align-top">
                <td className="py-1.5 pe-4 tabular-nums">{t('ticket.number', { number })}</td>
                <td className="py-1.5 pe-4">{nameOf(field)}</td>
                {[before, after, now].map((value, index) => (
                  <td key={index} className="max-w-40 py-1.5 pe-4 break-words">
                    <bdi>{valueOf(field, value)}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex justify-end">
        <Button variant="primary" data-autofocus onClick={endUndoConflicts}>
          {t('operation.conflict.close')}
        </Button>
      </div>
    </Dialog>
  );
}
