import { useForm } from 'react-hook-form';
import { ApiError } from '../../api/error.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { ReasonField, reasonRule } from './reason-field.js';
import { staffErrorText } from './refusals.js';

interface ReasonDialogProps {
  title: string;
  body: string;
  action: string;
  /** Red, as what takes something away is. */
  danger?: boolean;
  /** To be typed, to show that this one is meant. */
  slug?: string;
  onClose: () => void;
  onSubmit: (values: { reason: string; slug: string }) => Promise<unknown>;
}

/** Asks why before something that an organization feels at once. */
export function ReasonDialog({
  slug,
  danger = true,
  onClose,
  onSubmit,
  ...said
}: ReasonDialogProps) {
  const t = useText();
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { reason: '', slug: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await onSubmit(values);
      onClose();
    } catch (error) {
      const isSlug =
        error instanceof ApiError && error.details.some(({ field }) => field === 'slug');
      if (isSlug) setError('slug', { message: t('staff.slugWrong') }, { shouldFocus: true });
      else setError('root', { message: staffErrorText(t, error) });
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={said.title} description={said.body}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <ReasonField
          registered={register('reason', reasonRule(t))}
          hint={t('staff.reasonHint')}
          error={errors.reason?.message}
          first
        />
        {slug !== undefined && (
          <Field label={t('staff.slugLabel', { slug })} error={errors.slug?.message}>
            {(control) => (
              <input
                {...control}
                {...register('slug', {
                  validate: (value) => value.trim() === slug || t('staff.slugWrong'),
                })}
                autoComplete="off"
                spellCheck={false}
                className="field font-mono"
                dir="ltr"
              />
            )}
          </Field>
        )}
        <DialogButtons onClose={onClose} action={said.action} busy={isSubmitting} danger={danger} />
      </form>
    </Dialog>
  );
}
