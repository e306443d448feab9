import { useForm } from 'react-hook-form';
import { call } from '../../api/call.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { useCustomersChanged } from './queries.js';
import type { Customer } from './types.js';

const goes = [
  'customers.eraseWho',
  'customers.eraseSaid',
  'customers.eraseFiles',
  'customers.eraseLog',
] as const;

/** Erases what is personal of a customer: says what goes and what stays, and wants their address typed. */
export function EraseDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useText();
  const changed = useCustomersChanged();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { email: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async () => {
    try {
      await call('POST', `/customers/${customer.id}/erasure`);
      await changed();
      notify({ tone: 'done', title: t('customers.erased') });
      onClose();
    } catch (refused) {
      showErrors(t, refused, ['email'], setError);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('customers.eraseTitle', { name: customer.name })}
      description={t('customers.eraseIntro')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4 pt-1">
        <FormError message={errors.root?.message} />
        <div className="text-sm">
          <h3 className="font-medium">{t('customers.eraseGoes')}</h3>
          <ul className="mt-1 list-disc space-y-1 ps-5 text-muted">
            {goes.map((each) => (
              <li key={each}>{t(each)}</li>
            ))}
          </ul>
        </div>
        <div className="text-sm">
          <h3 className="font-medium">{t('customers.eraseStays')}</h3>
          <ul className="mt-1 list-disc space-y-1 ps-5 text-muted">
            <li>{t('customers.eraseNumbers')}</li>
            <li>{t('customers.eraseOthers')}</li>
          </ul>
        </div>
        <Field
          label={t('customers.eraseType', { email: customer.email })}
          error={errors.email?.message}
        >
          {(control) => (
            <input
              {...control}
              {...register('email', {
                validate: (typed) =>
                  typed.trim().toLowerCase() === customer.email.toLowerCase() ||
                  t('customers.eraseMismatch'),
              })}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <DialogButtons
          onClose={onClose}
          action={t('customers.eraseAction')}
          busy={isSubmitting}
          danger
        />
      </form>
    </Dialog>
  );
}
