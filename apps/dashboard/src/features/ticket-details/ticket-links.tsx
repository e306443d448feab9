import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import { TicketChooser } from '../ticket-dialogs/ticket-chooser.js';
import { StatusIcon } from '../tickets/status.js';
import { linksQuery } from '../tickets/ticket-queries.js';
import { linkKinds, type DeepTicket, type LinkKind } from '../tickets/ticket-types.js';

/** The other tickets that this one has to do with. */
export function TicketLinks({ ticket, writes }: { ticket: DeepTicket; writes: boolean }) {
  const t = useText();
  const client = useQueryClient();
  const attempt = useAttempt();
  const [adding, setAdding] = useState(false);
  const { data: links = [] } = useQuery(linksQuery(ticket.id));
  const fresh = () => client.invalidateQueries({ queryKey: ['ticket-links'] });
  const remove = (id: string) =>
    attempt(
      async () => {
        await call('DELETE', `/tickets/${ticket.id}/links/${id}`);
        await fresh();
      },
      { failed: t('links.removeFailed') },
    );
  return (
    <section aria-label={t('links.title')} className="border-t border-line pt-3">
      <header className="flex h-8 items-center justify-between px-2">
        <h3 className="text-xs text-muted">{t('links.title')}</h3>
        {writes && (
          <IconButton
            label={t('links.add')}
            onClick={() => setAdding(true)}
            className="-me-2 size-7!"
          >
            <Plus size={15} aria-hidden />
          </IconButton>
        )}
      </header>
      {links.length === 0 && <p className="px-2 text-sm text-muted">{t('links.none')}</p>}
      <ul className="flex flex-col gap-px">
        {links.map(({ id, kind, ticket: other }) => (
          <li key={id} className="group/link flex items-center rounded-lg hover:bg-hover">
            <Link
              to="/tickets/$ticketId"
              params={{ ticketId: other.id }}
              search={(before: object) => before}
              className="min-w-0 flex-1 rounded-lg px-2 py-1 text-sm"
            >
              <span className="block text-xs text-muted">{t(`links.${kind}`)}</span>
              <span className="flex items-center gap-1.5">
                <StatusIcon status={other.status} labelled />
                <span className="text-xs text-subtle tabular-nums">
                  {t('ticket.number', { number: other.number })}
                </span>
                <bdi className="min-w-0 truncate">{other.subject}</bdi>
              </span>
            </Link>
            {writes && (
              <IconButton
                label={t('links.remove', { number: other.number })}
                onClick={() => void remove(id)}
                className="size-7! opacity-0 group-hover/link:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
              >
                <X size={13} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <LinkDialog
          ticket={ticket}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            void fresh();
          }}
        />
      )}
    </section>
  );
}

interface LinkDialogProps {
  ticket: DeepTicket;
  onClose: () => void;
  onAdded: () => void;
}

function LinkDialog({ ticket, onClose, onAdded }: LinkDialogProps) {
  const t = useText();
  const attempt = useAttempt();
  const [kind, setKind] = useState<LinkKind>('related');
  const [other, setOther] = useState<Ticket | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (!other || busy) return;
    setBusy(true);
    const body = { kind, ticketId: other.id };
    const done = await attempt(() => call('POST', `/tickets/${ticket.id}/links`, { body }), {
      failed: t('links.addFailed'),
    });
    setBusy(false);
    if (done) onAdded();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('links.add')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
        className="space-y-4"
      >
        <Field label={t('links.kind')}>
          {(control) => (
            <select
              {...control}
              value={kind}
              onChange={(event) => setKind(event.target.value as LinkKind)}
              className="field"
            >
              {linkKinds.map((each) => (
                <option key={each} value={each}>
                  {t(`links.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TicketChooser
          label={t('links.which')}
          except={ticket.id}
          chosen={other ? [other.id] : []}
          onToggle={(one) => setOther((before) => (before?.id === one.id ? null : one))}
        />
        <DialogButtons onClose={onClose} action={t('links.run')} busy={busy || !other} />
      </form>
    </Dialog>
  );
}
