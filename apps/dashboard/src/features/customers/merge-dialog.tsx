import { useState } from 'react';
import { call } from '../../api/call.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { useCustomersChanged } from './queries.js';
import { ServerPicker, type Choice } from './server-picker.js';
import type { Customer } from './types.js';

/** Merges another customer into this one: says what will happen, and asks once. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useText();
  const changed = useCustomersChanged();
  const [other, setOther] = useState<Choice | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async () => {
    if (!other) return;
    setBusy(true);
    try {
      await call('POST', `/customers/${customer.id}/merges`, { body: { customerId: other.id } });
      await changed();
      notify({ tone: 'done', title: t('customers.merged', { name: other.name }) });
      onClose();
    } catch (refused) {
      setError(errorText(t, refused));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('customers.mergeTitle', { name: customer.name })}
      description={t('customers.mergeIntro')}
    >
      <form
        className="space-y-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormError message={error} />
        <ServerPicker
          of="customers"
          label={t('customers.mergeChoose')}
          without={customer.id}
          onPick={(choice) => {
            setOther(choice);
            setError(undefined);
          }}
        >
          <Button data-autofocus className="w-full justify-start! truncate">
            {other ? (
              <bdi className="truncate">
                {other.name} · {other.hint}
              </bdi>
            ) : (
              t('customers.mergeChoose')
            )}
          </Button>
        </ServerPicker>
        {other && (
          <ul className="list-disc space-y-1 ps-5 text-sm text-muted">
            <li>{t('customers.mergeAddresses', { name: other.name })}</li>
            <li>{t('customers.mergeTickets', { name: other.name })}</li>
            <li>{t('customers.mergeRest', { name: other.name })}</li>
            <li className="text-text">{t('customers.mergeForGood')}</li>
          </ul>
        )}
        <DialogButtons
          onClose={onClose}
          action={t('customers.merge')}
          busy={busy || !other}
          danger
        />
      </form>
    </Dialog>
  );
}
