import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Time } from '../../ui/time.js';
import { RichText } from '../conversation/rich-text.js';
import type { DraftContent, ServerDraft } from './draft-keeper.js';

interface DraftConflictDialogProps {
  mine: DraftContent;
  theirs: ServerDraft;
  onChoose: (choice: 'mine' | 'theirs') => void;
}

/** One draft was written on two devices at once: shows both, and keeps the one that is chosen. */
export function DraftConflictDialog({ mine, theirs, onChoose }: DraftConflictDialogProps) {
  const t = useText();
  return (
    <Dialog
      open
      // Closing keeps what is on the screen: nobody loses words by pressing Escape.
      onOpenChange={() => onChoose('mine')}
      title={t('draft.conflict.title')}
      description={t('draft.conflict.body')}
      shape="wide"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <section aria-label={t('draft.conflict.here')} className="flex flex-col gap-2">
          <h3 className="text-xs font-medium text-muted">{t('draft.conflict.here')}</h3>
          <div className="max-h-60 flex-1 overflow-y-auto rounded-lg border border-line bg-surface px-3 py-2">
            <RichText html={mine.html} />
          </div>
          <Button variant="primary" data-autofocus onClick={() => onChoose('mine')}>
            {t('draft.conflict.keepHere')}
          </Button>
        </section>
        <section aria-label={t('draft.conflict.there')} className="flex flex-col gap-2">
          <h3 className="text-xs font-medium text-muted">
            {t('draft.conflict.there')} · <Time at={theirs.updatedAt} />
          </h3>
          <div className="max-h-60 flex-1 overflow-y-auto rounded-lg border border-line bg-surface px-3 py-2">
            <RichText html={theirs.html} />
          </div>
          <Button onClick={() => onChoose('theirs')}>{t('draft.conflict.keepThere')}</Button>
        </section>
      </div>
    </Dialog>
  );
}
