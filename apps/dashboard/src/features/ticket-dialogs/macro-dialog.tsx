import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { call } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Loaded } from '../../ui/loaded.js';
import { RichText } from '../conversation/rich-text.js';
import { placeTicket, ticketQuery } from '../tickets/queries.js';
import { macrosQuery } from '../tickets/ticket-queries.js';
import type { DeepTicket, MacroPreview, Operation } from '../tickets/ticket-types.js';
import { useOperationNotice } from './operations.js';
import { useValueWords } from './value-words.js';

interface MacroDialogProps {
  ticket: DeepTicket;
  macroId: string;
  onClose: () => void;
}

/** What a macro would do to this ticket; done when it is said. */
export function MacroDialog({ ticket, macroId, onClose }: MacroDialogProps) {
  const t = useText();
  const client = useQueryClient();
  const told = useOperationNotice();
  const { data: macros } = useQuery(macrosQuery);
  const name = macros?.find(({ id }) => id === macroId)?.name ?? '';
  const preview = useQuery({
    queryKey: ['macro-preview', macroId, ticket.id, ticket.version],
    queryFn: async ({ signal }) =>
      (
        await call<{ data: MacroPreview }>('POST', `/macros/${macroId}/preview`, {
          body: { ticketId: ticket.id },
          signal,
        })
      ).data,
  });
  const { nameOf, valueOf } = useValueWords();
  const run = useMutation({
    mutationFn: () =>
      call<{ data: { operation: Operation; ticket: Ticket } }>(
        'POST',
        `/tickets/${ticket.id}/macro-runs`,
        { body: { macroId } },
      ),
    onSuccess: ({ data }) => {
      const before = client.getQueryData(ticketQuery(ticket.id).queryKey);
      placeTicket(client, { ...before, ...data.ticket });
      told(data.operation, t('macro.done', { name }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('macro.title', { name })}
      description={t('macro.body')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate();
        }}
        className="space-y-4"
      >
        <Loaded query={preview}>
          {({ changes, replyHtml, noteHtml }) => (
            <div className="space-y-3">
              {changes.length > 0 && (
                <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
                  {changes.map(({ field, before, after }) => (
                    <li key={field} className="flex flex-wrap items-center gap-x-2 px-3 py-1.5">
                      <span className="w-28 shrink-0 text-muted">{nameOf(field)}</span>
                      <bdi className="text-muted line-through">{valueOf(field, before)}</bdi>
                      <ArrowRight size={13} className="text-subtle rtl:-scale-x-100" aria-hidden />
                      <span className="sr-only">{t('macro.becomes')}</span>
                      <bdi className="font-medium">{valueOf(field, after)}</bdi>
                    </li>
                  ))}
                </ul>
              )}
              {replyHtml && <Words label={t('macro.reply')} html={replyHtml} />}
              {noteHtml && <Words label={t('macro.note')} html={noteHtml} note />}
              {changes.length === 0 && !replyHtml && !noteHtml && (
                <p className="text-sm text-muted">{t('macro.nothing')}</p>
              )}
            </div>
          )}
        </Loaded>
        {run.isError && (
          <p role="alert" className="text-sm text-danger">
            {errorText(t, run.error)}
          </p>
        )}
        <DialogButtons
          onClose={onClose}
          action={t('macro.run')}
          busy={run.isPending || !preview.data}
        />
      </form>
    </Dialog>
  );
}

function Words({ label, html, note }: { label: string; html: string; note?: boolean }) {
  return (
    <section aria-label={label}>
      <h3 className="mb-1 text-xs font-medium text-muted">{label}</h3>
      <div
        className={`rounded-lg border px-3 py-2 ${note ? 'border-note-line bg-note' : 'border-line bg-surface'}`}
      >
        <RichText html={html} />
      </div>
    </section>
  );
}
