import { MessageSquareText, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { wordsOf } from '../features/desk-settings/html-field.js';
import { repliesQuery } from '../features/desk-settings/queries.js';
import { ReplyDialog } from '../features/desk-settings/reply-dialog.js';
import { SharedList } from '../features/desk-settings/shared-list.js';
import type { CannedReply } from '../features/desk-settings/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { PageBody } from '../ui/page.js';

/** Texts that are said often. */
export function CannedRepliesRoute() {
  const t = useText();
  const writes = useCan('tickets:write');
  const [open, setOpen] = useState<CannedReply | 'new' | null>(null);
  return (
    <PageBody
      title={t('pages.replies')}
      intro={t('replies.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('replies.create')}
          </Button>
        )
      }
    >
      <Allowed right="tickets:read">
        <SharedList
          query={repliesQuery}
          path="/canned-replies"
          invalidates="canned-replies"
          label={t('pages.replies')}
          empty={{
            icon: MessageSquareText,
            title: t('replies.empty'),
            body: t('replies.emptyHint'),
          }}
          about={({ html }) => <bdi className="line-clamp-2">{wordsOf(html)}</bdi>}
          onEdit={setOpen}
        />
      </Allowed>
      {open && <ReplyDialog reply={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}
