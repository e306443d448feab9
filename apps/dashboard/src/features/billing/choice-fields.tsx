import { clsx } from 'clsx';
import { useIntl } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { planLines, seatPriceText } from './plan-words.js';
import type { Interval, Plan } from './types.js';

const intervals = ['month', 'year'] as const;

interface Change {
  planId?: string;
  interval?: Interval;
  seats?: string;
}

interface ChoiceFieldsProps {
  plans: Plan[];
  planId: string;
  interval: Interval;
  /** As they are typed. */
  seats: string;
  /** What is wrong with the seats. */
  problem: string | undefined;
  /** How many people are active. */
  used: number;
  onChange: (change: Change) => void;
}

/** Which plan, paid how often, for how many. */
export function ChoiceFields(props: ChoiceFieldsProps) {
  const { t, language } = useIntl();
  const { plans, planId, interval, seats, problem, used, onChange } = props;
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t('billing.plan')}</legend>
        <div className="grid gap-2 sm:grid-cols-3">
          {plans.map((plan) => (
            <label
              key={plan.id}
              className={clsx(
                'flex gap-2 rounded-lg border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
                plan.id === planId ? 'border-accent bg-selected' : 'border-edge hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name="plan"
                value={plan.id}
                checked={plan.id === planId}
                {...(plan.id === planId && { 'data-autofocus': true })}
                onChange={() => onChange({ planId: plan.id })}
                className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
              />
              <span className="min-w-0 text-sm">
                <span className="block font-medium">
                  <bdi>{plan.name}</bdi>
                </span>
                <span className="block text-xs text-muted">
                  {seatPriceText(t, language, plan, interval)}
                </span>
                <span className="mt-1.5 block text-xs text-muted">
                  {planLines(t, language, plan).map((line) => (
                    <span key={line} className="block">
                      {line}
                    </span>
                  ))}
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('billing.seats')}
          hint={t('billing.seatsHint', { count: used })}
          error={problem}
        >
          {(control) => (
            <input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              value={seats}
              onChange={({ target }) => onChange({ seats: target.value })}
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('billing.interval')}>
          {(control) => (
            <select
              {...control}
              value={interval}
              onChange={({ target }) => onChange({ interval: target.value as Interval })}
              className="field"
            >
              {intervals.map((each) => (
                <option key={each} value={each}>
                  {t(`billing.interval.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </>
  );
}
