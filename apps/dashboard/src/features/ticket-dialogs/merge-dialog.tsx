import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import type { Ticket } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import type { DeepTicket, Operation } from '../tickets/ticket-types.js';
import { useOperationNotice } from './operations.js';
import { TicketChooser } from './ticket-chooser.js';

/** Brings other tickets into this one: their messages come with their time, later mail follows. */
export function MergeDialog({ ticket, onClose }: { ticket: DeepTicket; onClose: () => void }) {
  const t = useText();
  const told = useOperationNotice();
  const [chosen, setChosen] = useState<Ticket[]>([]);
  const merge = useMutation({
    mutationFn: () =>
      call<{ data: Operation }>('POST', `/tickets/${ticket.id}/merges`, {
        body: { ticketIds: chosen.map(({ id }) => id) },
      }),
    onSuccess: ({ data }) => {
      told(data, t('merge.done', { count: chosen.length, number: ticket.number }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('merge.title', { number: ticket.number })}
      description={t('merge.body')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) merge.mutate();
        }}
        className="space-y-4"
      >
        <TicketChooser
          label={t('merge.which')}
          except={ticket.id}
          chosen={chosen.map(({ id }) => id)}
          onToggle={(one) =>
            setChosen((all) =>
              all.some(({ id }) => id === one.id)
                ? all.filter(({ id }) => id !== one.id)
                : [...all, one],
            )
          }
        />
        <p role="status" className="text-sm text-muted">
          {chosen.length === 0
            ? t('merge.none')
            : t('merge.chosen', {
                count: chosen.length,
                tickets: chosen.map(({ number }) => `#${number}`).join(', '),
              })}
        </p>
        {merge.isError && (
          <p role="alert" className="text-sm text-danger">
            {errorText(t, merge.error)}
          </p>
        )}
        <DialogButtons
          onClose={onClose}
          action={t('merge.run')}
          busy={merge.isPending || chosen.length === 0}
        />
      </form>
    </Dialog>
  );
}
