import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { features } from '../billing/types.js';
import { isCount, toBytes, toDigits, toGigabytes } from './amounts.js';
import { giveOverride } from './billing-queries.js';
import { FeatureBoxes } from './feature-boxes.js';
import { useStaffChange } from './queries.js';
import { ReasonField, reasonRule } from './reason-field.js';
import { staffErrorText } from './refusals.js';
import type { OverrideTerms, StaffBilling } from './types.js';

/** Days for which something is given, unless another day is chosen. */
const usualDays = 30;

interface OverrideDialogProps {
  organization: { id: string; name: string };
  /** What is given now. */
  override: StaffBilling['override'];
  onClose: () => void;
}

/** Gives an organization something else than its plan says, until a day. */
export function OverrideDialog({ organization, override, onClose }: OverrideDialogProps) {
  const t = useText();
  const give = useStaffChange(giveOverride);
  const terms = override?.terms;
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: {
      access: (terms?.access ?? '') as NonNullable<OverrideTerms['access']> | '',
      seats: toDigits(terms?.seats),
      ticketsAMonth: toDigits(terms?.ticketsAMonth),
      storage: toGigabytes(terms?.storageBytes),
      callsAMinute: toDigits(terms?.callsAMinute),
      features: [...(terms?.features ?? [])] as string[],
      reason: override?.reason ?? '',
      until: dayOf(override ? new Date(override.until) : inDays(usualDays)),
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ reason, until, access, storage, ...typed }) => {
    const number = (name: 'seats' | 'ticketsAMonth' | 'callsAMinute') =>
      typed[name] === '' ? {} : { [name]: Number(typed[name]) };
    const chosen = features.filter((feature) => typed.features.includes(feature));
    const given: OverrideTerms = {
      ...(access !== '' && { access }),
      ...number('seats'),
      ...number('ticketsAMonth'),
      ...number('callsAMinute'),
      ...(storage !== '' && { storageBytes: toBytes(storage) }),
      ...(chosen.length > 0 && { features: chosen }),
    };
    if (Object.keys(given).length === 0)
      return setError('root', { message: t('staff.override.nothing') });
    try {
      // The day that was chosen counts as a whole.
      const end = new Date(`${until}T23:59:59`).toISOString();
      await give.mutateAsync({ id: organization.id, terms: given, reason, until: end });
      notify({ tone: 'done', title: t('staff.override.given', { name: organization.name }) });
      onClose();
    } catch (error) {
      setError('root', { message: staffErrorText(t, error) });
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('staff.override.title', { name: organization.name })}
      description={t('staff.override.body')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('staff.override.access')}>
          {(control) => (
            <select {...control} {...register('access')} data-autofocus className="field">
              <option value="">{t('staff.override.access.plan')}</option>
              <option value="full">{t('staff.override.access.full')}</option>
              <option value="read_only">{t('staff.override.access.read_only')}</option>
            </select>
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          {(['seats', 'ticketsAMonth', 'storage', 'callsAMinute'] as const).map((name) => (
            <Field
              key={name}
              label={t(`staff.terms.${name}`)}
              error={errors[name]?.message}
              optional={t('field.optional')}
            >
              {(control) => (
                <input
                  {...control}
                  {...register(name, {
                    validate: (typed) => isNumber(typed, name) || t('staff.numberWrong'),
                  })}
                  inputMode="decimal"
                  className="field"
                  dir="ltr"
                />
              )}
            </Field>
          ))}
        </div>
        <FeatureBoxes legend={t('staff.override.features')} registered={register('features')} />
        <Field label={t('staff.override.until')} error={errors.until?.message}>
          {(control) => (
            <input
              {...control}
              {...register('until', { required: t('field.required') })}
              type="date"
              min={dayOf(new Date())}
              className="field"
            />
          )}
        </Field>
        <ReasonField
          registered={register('reason', reasonRule(t))}
          hint={t('staff.support.reasonHint')}
          error={errors.reason?.message}
        />
        <DialogButtons onClose={onClose} action={t('staff.override.give')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}

function isNumber(typed: string, name: string): boolean {
  if (typed === '') return true;
  return isCount(name, typed) && (name !== 'callsAMinute' || Number(typed) > 0);
}

function inDays(days: number): Date {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day;
}

/** The day as a field of a date wants it, where whoever looks is. */
function dayOf(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
