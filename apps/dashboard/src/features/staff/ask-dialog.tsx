import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import type { MessageKey } from '../../messages/catalog.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { useStaffChange } from './queries.js';
import { ReasonField, reasonRule } from './reason-field.js';
import { staffErrorText } from './refusals.js';
import { askAccess, scopes, usualHours } from './support-queries.js';
import type { SupportScope } from './types.js';

/** The words for what may be looked at. */
export function scopeKey(scope: string): MessageKey {
  return `support.scope.${scope.split(':')[0] ?? ''}` as MessageKey;
}

interface AskDialogProps {
  organization: { id: string; name: string };
  onClose: () => void;
}

/** Asks an organization to let one look: why, at what, and for how long. */
export function AskDialog({ organization: { id, name }, onClose }: AskDialogProps) {
  const t = useText();
  const ask = useStaffChange(askAccess);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { reason: '', hours: '2', scopes: ['tickets:read'] as SupportScope[] },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ hours, ...values }) => {
    try {
      await ask.mutateAsync({ ...values, organizationId: id, hours: Number(hours) });
      notify({ tone: 'done', title: t('staff.support.asked', { name }) });
      onClose();
    } catch (error) {
      setError('root', { message: staffErrorText(t, error) });
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('staff.support.askTitle', { name })}
      description={t('staff.support.askBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <ReasonField
          registered={register('reason', reasonRule(t))}
          hint={t('staff.support.reasonHint')}
          error={errors.reason?.message}
          first
        />
        <fieldset aria-describedby={errors.scopes ? 'scopes-error' : undefined}>
          <legend className="mb-1 text-sm font-medium">{t('staff.support.scopes')}</legend>
          <div className="grid gap-1 sm:grid-cols-2">
            {scopes.map((scope) => (
              <label key={scope} className="flex min-h-8 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  value={scope}
                  {...register('scopes', {
                    validate: (chosen) => chosen.length > 0 || t('staff.support.scopesNone'),
                  })}
                  className="size-4 accent-accent"
                />
                {t(scopeKey(scope))}
              </label>
            ))}
          </div>
          {errors.scopes && (
            <p id="scopes-error" role="alert" className="mt-1 text-xs text-danger">
              {errors.scopes.message}
            </p>
          )}
        </fieldset>
        <Field label={t('support.hours')}>
          {(control) => (
            <select {...control} {...register('hours')} className="field">
              {usualHours.map((hours) => (
                <option key={hours} value={hours}>
                  {t('support.hoursOption', { hours })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('staff.support.ask')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
