import { useForm } from 'react-hook-form';
import { codeOf } from '../../api/error.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { features } from '../billing/types.js';
import { isCount, toAmount, toBytes, toDigits, toGigabytes, toTyped } from './amounts.js';
import { publishPlan } from './billing-queries.js';
import { FeatureBoxes } from './feature-boxes.js';
import { useStaffChange } from './queries.js';
import { staffErrorText } from './refusals.js';
import type { StaffPlan } from './types.js';

const counts = ['seats', 'ticketsAMonth', 'storage', 'callsAMinute'] as const;
const prices = ['monthlyPrice', 'yearlyPrice'] as const;

interface PlanDialogProps {
  /** The newest version, which the next one is based on; null for a plan that is not there yet. */
  plan: StaffPlan | null;
  onClose: () => void;
}

/** Offers a plan, or a new version of one. */
export function PlanDialog({ plan, onClose }: PlanDialogProps) {
  const t = useText();
  const publish = useStaffChange(publishPlan);
  const currency = plan?.currency ?? 'EUR';
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: {
      id: plan?.id ?? '',
      name: plan?.name ?? '',
      currency,
      monthlyPrice: plan ? toTyped(plan.monthlyPrice, currency) : '',
      yearlyPrice: plan ? toTyped(plan.yearlyPrice, currency) : '',
      trialDays: toDigits(plan?.trialDays ?? 0),
      seats: toDigits(plan?.seats),
      ticketsAMonth: toDigits(plan?.ticketsAMonth),
      storage: toGigabytes(plan?.storageBytes),
      callsAMinute: toDigits(plan?.callsAMinute),
      features: [...(plan?.features ?? [])],
      isOffered: plan?.isOffered ?? true,
    },
  });
  const { errors, isSubmitting } = formState;
  const any = (value: string) => (value === '' ? null : Number(value));
  const submit = handleSubmit(async ({ storage, ...values }) => {
    try {
      await publish.mutateAsync({
        ...values,
        basedOn: plan?.version ?? 0,
        monthlyPrice: toAmount(values.monthlyPrice, values.currency),
        yearlyPrice: toAmount(values.yearlyPrice, values.currency),
        trialDays: Number(values.trialDays),
        seats: any(values.seats),
        ticketsAMonth: any(values.ticketsAMonth),
        storageBytes: storage === '' ? null : toBytes(storage),
        callsAMinute: any(values.callsAMinute),
        features: features.filter((feature) => values.features.includes(feature)),
      });
      notify({ tone: 'done', title: t('staff.plans.published', { name: values.name }) });
      onClose();
    } catch (error) {
      if (codeOf(error) === 'billing.plan_moved')
        setError('root', { message: staffErrorText(t, error) });
      else showErrors(t, error, ['id', 'name', 'currency', 'trialDays'], setError);
    }
  });
  const number = (shape: RegExp) => (value: string) => shape.test(value) || t('staff.numberWrong');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={plan ? t('staff.plans.versionTitle', { name: plan.name }) : t('staff.plans.offer')}
      description={t('staff.plans.offerBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <div className="grid gap-4 sm:grid-cols-2">
          {!plan && (
            <Field label={t('staff.plans.id')} error={errors.id?.message}>
              {(control) => (
                <input
                  {...control}
                  {...register('id', {
                    pattern: { value: /^[a-z][a-z0-9-]{0,49}$/, message: t('staff.plans.idWrong') },
                    required: t('field.required'),
                  })}
                  spellCheck={false}
                  data-autofocus
                  className="field font-mono"
                  dir="ltr"
                />
              )}
            </Field>
          )}
          <Field label={t('staff.members.name')} error={errors.name?.message}>
            {(control) => (
              <input
                {...control}
                {...register('name', { required: t('field.required') })}
                maxLength={100}
                {...(plan && { 'data-autofocus': true })}
                className="field"
                dir="auto"
              />
            )}
          </Field>
          <Field label={t('staff.plans.currency')} error={errors.currency?.message}>
            {(control) => (
              <input
                {...control}
                {...register('currency', {
                  pattern: { value: /^[A-Z]{3}$/, message: t('staff.plans.currencyWrong') },
                  required: t('field.required'),
                })}
                maxLength={3}
                className="field"
                dir="ltr"
              />
            )}
          </Field>
          {prices.map((name) => (
            <Field key={name} label={t(`staff.plans.${name}`)} error={errors[name]?.message}>
              {(control) => (
                <input
                  {...control}
                  {...register(name, { validate: number(/^\d{1,7}(\.\d{1,3})?$/) })}
                  inputMode="decimal"
                  className="field"
                  dir="ltr"
                />
              )}
            </Field>
          ))}
          <Field label={t('staff.plans.trialDays')} error={errors.trialDays?.message}>
            {(control) => (
              <input
                {...control}
                {...register('trialDays', { validate: number(/^\d{1,3}$/) })}
                inputMode="numeric"
                className="field"
                dir="ltr"
              />
            )}
          </Field>
          {counts.map((name) => (
            <Field
              key={name}
              label={t(`staff.terms.${name}`)}
              hint={t('staff.plans.anyHint')}
              error={errors[name]?.message}
            >
              {(control) => (
                <input
                  {...control}
                  {...register(name, {
                    validate: (typed) =>
                      typed === '' || isCount(name, typed) || t('staff.numberWrong'),
                  })}
                  inputMode="decimal"
                  className="field"
                  dir="ltr"
                />
              )}
            </Field>
          ))}
        </div>
        <FeatureBoxes legend={t('staff.plans.features')} registered={register('features')} />
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input type="checkbox" {...register('isOffered')} className="size-4 accent-accent" />
          {t('staff.plans.canBeTaken')}
        </label>
        <DialogButtons onClose={onClose} action={t('staff.plans.publish')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
