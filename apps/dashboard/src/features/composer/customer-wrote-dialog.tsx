import { useQueryClient } from '@tanstack/react-query';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { PlainText } from '../../ui/plain-text.js';
import { Time } from '../../ui/time.js';
import { messagesQuery } from '../tickets/queries.js';

interface CustomerWroteDialogProps {
  ticketId: string;
  messageIds: string[];
  customer: string;
  onRead: () => void;
  onSend: () => void;
}

const longest = 1_500;

/** Asked before a reply goes out that its author wrote without knowing the customer's last words. */
export function CustomerWroteDialog(props: CustomerWroteDialogProps) {
  const { ticketId, messageIds, customer, onRead, onSend } = props;
  const t = useText();
  const known = useQueryClient().getQueryData(messagesQuery(ticketId).queryKey);
  const messages =
    known?.pages.flatMap(({ data }) => data).filter(({ id }) => messageIds.includes(id)) ?? [];
  return (
    <Dialog
      open
      onOpenChange={onRead}
      title={t('wrote.title', { name: customer })}
      description={t('wrote.body')}
    >
      <div className="mb-5 flex flex-col gap-3">
        {messages.map((message) => (
          <blockquote
            key={message.id}
            className="rounded-lg border border-line bg-surface px-3 py-2"
          >
            <Time at={message.createdAt} className="text-xs text-muted" />
            <PlainText text={message.body.slice(0, longest)} />
          </blockquote>
        ))}
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onSend}>{t('wrote.send')}</Button>
        <Button variant="primary" data-autofocus onClick={onRead}>
          {t('wrote.read')}
        </Button>
      </div>
    </Dialog>
  );
}
