import { Mail, Star, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { IconButton } from '../../ui/icon-button.js';
import { Section } from '../../ui/section.js';
import { useCustomersChanged } from './queries.js';
import type { Customer } from './types.js';

/** By which addresses a customer is known, and which of them replies go to. */
export function AddressesSection({ customer, writes }: { customer: Customer; writes: boolean }) {
  const t = useText();
  const attempt = useAttempt();
  const changed = useCustomersChanged();
  const [removing, setRemoving] = useState<string | null>(null);
  const at = `/customers/${customer.id}`;
  return (
    <Section title={t('customers.addresses')} hint={t('customers.addressesHint')}>
      <ul aria-label={t('customers.addresses')} className="border-t border-line">
        {customer.addresses.map((email) => {
          const main = email === customer.email;
          return (
            <li
              key={email}
              className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line py-1"
            >
              <Mail size={15} className="shrink-0 text-subtle" aria-hidden />
              <bdi className="min-w-0 flex-1 text-sm break-all">{email}</bdi>
              {main && <Badge tone="good">{t('customers.mainAddress')}</Badge>}
              {writes && !main && (
                <>
                  <IconButton
                    label={t('customers.makeMain', { email })}
                    onClick={() =>
                      void attempt(
                        async () => {
                          await call('PUT', `${at}/main-address`, { body: { email } });
                          await changed();
                        },
                        { failed: t('customers.failed') },
                      )
                    }
                  >
                    <Star size={15} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={t('customers.removeAddress', { email })}
                    onClick={() => setRemoving(email)}
                  >
                    <Trash2 size={15} aria-hidden />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {writes && <NewAddress at={at} onAdded={changed} />}
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('customers.removeAddressTitle')}
        body={t('customers.removeAddressBody', { email: removing ?? '' })}
        action={t('customers.remove')}
        onConfirm={() =>
          void attempt(
            async () => {
              await call('DELETE', `${at}/addresses/${encodeURIComponent(removing ?? '')}`);
              await changed();
            },
            { failed: t('customers.failed') },
          )
        }
      />
    </Section>
  );
}

function NewAddress({ at, onAdded }: { at: string; onAdded: () => Promise<unknown> }) {
  const t = useText();
  const [email, setEmail] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call('POST', `${at}/addresses`, { body: { email } });
      setEmail('');
      setError(null);
      await onAdded();
    } catch (refused) {
      setError(errorText(t, refused));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-3">
      <div className="flex flex-wrap gap-2">
        <input
          type="email"
          aria-label={t('customers.newAddress')}
          aria-invalid={error !== null}
          aria-describedby={error ? 'new-address-error' : undefined}
          placeholder={t('customers.newAddress')}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
          maxLength={254}
          dir="ltr"
          className="field min-w-0 flex-1 basis-52"
        />
        <Button type="submit" disabled={email.trim() === ''}>
          {t('customers.addAddress')}
        </Button>
      </div>
      {error && (
        <p id="new-address-error" role="alert" className="mt-1 text-xs text-danger">
          {error}
        </p>
      )}
    </form>
  );
}
