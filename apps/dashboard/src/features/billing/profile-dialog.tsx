import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { putProfile, useBillingChange } from './queries.js';
import type { BillingProfile } from './types.js';

const fields = ['name', 'address', 'taxId'] as const;

interface ProfileDialogProps {
  profile: BillingProfile | null;
  onClose: () => void;
}

/** Says whom invoices are made out to, from the next one on. */
export function ProfileDialog({ profile, onClose }: ProfileDialogProps) {
  const t = useText();
  const put = useBillingChange(putProfile);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: {
      name: profile?.name ?? '',
      address: profile?.address ?? '',
      taxId: profile?.taxId ?? '',
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await put.mutateAsync(values);
      notify({ tone: 'done', title: t('billing.profileSaved') });
      onClose();
    } catch (error) {
      showErrors(t, error, fields, setError);
    }
  });
  const required = { required: t('field.required') };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('billing.profile')}
      description={t('billing.profileHint')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('field.name')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', required)}
              maxLength={200}
              autoComplete="organization"
              data-autofocus
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <Field
          label={t('billing.address')}
          hint={t('billing.addressHint')}
          error={errors.address?.message}
        >
          {(control) => (
            <textarea
              {...control}
              {...register('address', required)}
              rows={4}
              maxLength={500}
              autoComplete="street-address"
              className="field resize-none"
              dir="auto"
            />
          )}
        </Field>
        <Field
          label={t('billing.taxId')}
          optional={t('field.optional')}
          error={errors.taxId?.message}
        >
          {(control) => (
            <input
              {...control}
              {...register('taxId')}
              maxLength={50}
              autoCapitalize="characters"
              spellCheck={false}
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('action.save')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
