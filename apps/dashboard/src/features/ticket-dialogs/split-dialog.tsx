import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { Time } from '../../ui/time.js';
import { messagesQuery } from '../tickets/queries.js';
import type { DeepTicket, Operation } from '../tickets/ticket-types.js';
import { useOperationNotice } from './operations.js';

interface SplitDialogProps {
  ticket: DeepTicket;
  /** The message that it was asked from. */
  messageId: string | undefined;
  onClose: () => void;
}

/** Takes messages out into a ticket of their own. */
export function SplitDialog({ ticket, messageId, onClose }: SplitDialogProps) {
  const t = useText();
  const told = useOperationNotice();
  const navigate = useNavigate();
  const gone = useRef(false);
  const { data } = useInfiniteQuery(messagesQuery(ticket.id));
  const messages = data?.pages.flatMap((page) => page.data) ?? [];
  const [chosen, setChosen] = useState<string[]>(messageId ? [messageId] : []);
  const [subject, setSubject] = useState(ticket.subject);
  const split = useMutation({
    mutationFn: () =>
      call<{ data: { operation: Operation; ticket: Ticket } }>(
        'POST',
        `/tickets/${ticket.id}/splits`,
        { body: { messageIds: chosen, ...(subject.trim() && { subject: subject.trim() }) } },
      ),
    onSuccess: ({ data: { operation, ticket: made } }) => {
      const open = (id: string) =>
        void navigate({
          to: '/tickets/$ticketId',
          params: { ticketId: id },
          search: (before: object) => before,
        });
      gone.current = true;
      told(operation, t('split.done', { number: made.number }), () => open(ticket.id));
      onClose();
      open(made.id);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('split.title')}
      description={t('split.body')}
      onClosed={(event) => gone.current && event.preventDefault()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) split.mutate();
        }}
        className="space-y-4"
      >
        <Field label={t('field.subject')}>
          {(control) => (
            <input
              {...control}
              value={subject}
              onChange={(event) => setSubject(event.target.value)}
              maxLength={500}
              data-autofocus
              dir="auto"
              className="field"
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('split.which')}</legend>
          <div className="max-h-60 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface">
            {messages.map((message) => (
              <label
                key={message.id}
                className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2.5 px-3 py-2 text-sm"
              >
                <input
                  type="checkbox"
                  checked={chosen.includes(message.id)}
                  onChange={(event) =>
                    setChosen((all) =>
                      event.target.checked
                        ? [...all, message.id]
                        : all.filter((id) => id !== message.id),
                    )
                  }
                  className="size-4 accent-accent"
                />
                <bdi className="truncate font-medium">
                  {message.author.name || t(`author.${message.author.type}`)}
                </bdi>
                <Time at={message.createdAt} className="text-xs text-muted" />
                <bdi className="col-span-2 col-start-2 line-clamp-2 text-xs text-muted">
                  {message.body}
                </bdi>
              </label>
            ))}
          </div>
        </fieldset>
        {split.isError && (
          <p role="alert" className="text-sm text-danger">
            {errorText(t, split.error)}
          </p>
        )}
        <DialogButtons
          onClose={onClose}
          action={t('split.run')}
          busy={split.isPending || chosen.length === 0}
        />
      </form>
    </Dialog>
  );
}
