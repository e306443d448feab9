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
import { DomainsField, domainsOf } from './domains-field.js';
import { useCustomersChanged } from './queries.js';
import type { Company } from './types.js';

/** Makes a company, and goes to its page. */
export function NewCompanyDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const changed = useCustomersChanged();
  const [name, setName] = useState('');
  const [domains, setDomains] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async () => {
    setBusy(true);
    try {
      const { data } = await call<{ data: Company }>('POST', '/companies', {
        body: { name, domains: domainsOf(domains) },
      });
      await changed();
      onClose();
      await navigate({ to: '/companies/$companyId', params: { companyId: data.id } });
    } catch (error) {
      const details = error instanceof ApiError ? error.details : [];
      const code = error instanceof ApiError ? error.code : '';
      const about =
        { 'company.name_taken': 'name', 'company.domain_taken': 'domains' }[code] ?? 'root';
      setErrors(
        details.length > 0
          ? Object.fromEntries(details.map((one) => [one.field.replace(/\.\d+$/, ''), one.problem]))
          : { [about]: errorText(t, error) },
      );
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('companies.create')}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormError message={errors.root} />
        <Field label={t('customers.name')} error={errors.name}>
          {(control) => (
            <input
              {...control}
              value={name}
              onChange={({ target }) => setName(target.value)}
              maxLength={200}
              data-autofocus
              dir="auto"
              className="field"
            />
          )}
        </Field>
        <DomainsField value={domains} error={errors.domains} onChange={setDomains} />
        <DialogButtons onClose={onClose} action={t('companies.create')} busy={busy} />
      </form>
    </Dialog>
  );
}
