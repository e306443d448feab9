import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { CompanyPicker } from './company-picker.js';
import { useCustomersChanged } from './queries.js';
import type { Choice } from './server-picker.js';
import type { Customer } from './types.js';

/** Makes a customer, and goes to their page. */
export function NewCustomerDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const changed = useCustomersChanged();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [company, setCompany] = useState<Choice | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async () => {
    setBusy(true);
    try {
      const { data } = await call<{ data: Customer }>('POST', '/customers', {
        body: {
          email,
          ...(name.trim() && { name }),
          ...(company && { companyId: company.id }),
        },
      });
      await changed();
      onClose();
      await navigate({ to: '/customers/$customerId', params: { customerId: data.id } });
    } catch (error) {
      const details = error instanceof ApiError ? error.details : [];
      const field = error instanceof ApiError && error.code === 'customer.address_taken';
      setErrors(
        details.length > 0
          ? Object.fromEntries(details.map((one) => [one.field, one.problem]))
          : { [field ? 'email' : 'root']: errorText(t, error) },
      );
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('customers.create')}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormError message={errors.root} />
        <Field label={t('field.email')} error={errors.email}>
          {(control) => (
            <input
              {...control}
              type="email"
              value={email}
              onChange={({ target }) => setEmail(target.value)}
              maxLength={254}
              data-autofocus
              dir="ltr"
              className="field"
            />
          )}
        </Field>
        <Field label={t('customers.name')} optional={t('field.optional')} error={errors.name}>
          {(control) => (
            <input
              {...control}
              value={name}
              onChange={({ target }) => setName(target.value)}
              maxLength={200}
              dir="auto"
              className="field"
            />
          )}
        </Field>
        <CompanyPicker company={company} hint={t('customers.companyHint')} onPick={setCompany} />
        <DialogButtons onClose={onClose} action={t('customers.create')} busy={busy} />
      </form>
    </Dialog>
  );
}
