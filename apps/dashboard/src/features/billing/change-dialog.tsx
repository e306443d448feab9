import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { codeOf } from '../../api/error.js';
import { useIntl } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { ChoiceFields } from './choice-fields.js';
import { lossLines, billingErrorText, type Used } from './plan-words.js';
import { openCheckout, previewQuery, takePlan, useBillingChange } from './queries.js';
import { PriceOfChange } from './price-of-change.js';
import type { Choice, Plan, Subscription } from './types.js';

const typingMs = 250;
const mostSeats = 100_000;

interface ChangeDialogProps {
  plans: Plan[];
  /** Null when none has been taken yet. */
  subscription: Subscription | null;
  used: Used;
  /** What is chosen at first. */
  choice: Choice;
  onClose: () => void;
  /** Somebody has to say first whom invoices are made out to; the choice is come back to. */
  onProfile: (choice: Choice) => void;
}

/** Another plan, another number of seats or another interval, with what it costs before it is taken. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { plans, subscription, used, onClose, onProfile } = props;
  const { t, language } = useIntl();
  const [{ planId, interval }, setChoice] = useState<Omit<Choice, 'seats'>>(props.choice);
  const [typed, setTyped] = useState(String(props.choice.seats));
  const seats = Number(typed);
  const plan = plans.find(({ id }) => id === planId);
  const most = plan?.seats ?? mostSeats;
  const isCountable = Number.isInteger(seats) && seats >= 1;
  const problem = !isCountable
    ? t('billing.seatsWrong')
    : seats > most
      ? t('billing.seatsTooMany', { count: most })
      : undefined;
  const choice = plan && problem === undefined ? { planId, interval, seats } : null;
  const asked = useSettled(choice);
  const preview = useQuery(previewQuery(asked));
  const take = useBillingChange(takePlan);
  const checkout = useMutation({ mutationFn: openCheckout });
  const isOld = preview.isPlaceholderData || JSON.stringify(asked) !== JSON.stringify(choice);
  const isAnew = subscription === null || subscription.status === 'canceled';
  const same = !isAnew && choice !== null && isWhatIs(subscription, choice);
  const losses = plan && isCountable ? lossLines(t, language, { plan, seats, used }) : [];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!choice || isOld || same) return;
    try {
      await take.mutateAsync(choice);
      notify({ tone: 'done', title: t(isAnew ? 'billing.taken' : 'billing.changed') });
      onClose();
    } catch (refused) {
      // Everything else is said in the form.
      if (codeOf(refused) === 'billing.checkout_needed') checkout.mutate(choice);
    }
  };
  const isLeaving = codeOf(take.error) === 'billing.checkout_needed';
  const error = isLeaving ? checkout.error : (take.error ?? (choice ? preview.error : null));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isAnew ? 'billing.takeTitle' : 'billing.changeTitle')}
      shape="wide"
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
        <ChoiceFields
          plans={plans}
          planId={planId}
          interval={interval}
          seats={typed}
          problem={problem}
          used={used.seats}
          onChange={(change) => {
            take.reset();
            if (change.seats !== undefined) setTyped(change.seats);
            setChoice({
              planId: change.planId ?? planId,
              interval: change.interval ?? interval,
            });
          }}
        />
        {losses.length > 0 && (
          <ul className="space-y-1 rounded-lg border border-note-line bg-note px-3 py-2.5 text-sm">
            {losses.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <div role="status" aria-label={t('billing.price')}>
          {same ? (
            <p className="text-sm text-muted">{t('billing.same')}</p>
          ) : (
            choice &&
            plan &&
            preview.data &&
            !preview.isError && (
              <PriceOfChange
                price={preview.data}
                isOld={isOld}
                interval={interval}
                plan={plan}
                subscription={subscription}
              />
            )
          )}
        </div>
        <FormError message={error ? billingErrorText(t, error) : undefined} error={error} />
        {codeOf(error) === 'billing.profile_missing' && choice && (
          <Button onClick={() => onProfile(choice)}>{t('billing.profileSay')}</Button>
        )}
        <DialogButtons
          onClose={onClose}
          action={t(isAnew ? 'billing.take' : 'billing.change')}
          busy={
            take.isPending ||
            checkout.isPending ||
            checkout.isSuccess ||
            !choice ||
            isOld ||
            same ||
            preview.isError
          }
        />
      </form>
    </Dialog>
  );
}

/** Whether a choice is what there is already, with nothing planned that it would take back. */
function isWhatIs({ planId, interval, seats, ...rest }: Subscription, choice: Choice): boolean {
  if (rest.next || rest.endsWithPeriod) return false;
  return planId === choice.planId && interval === choice.interval && seats === choice.seats;
}

/** A choice once it has not been changed for a moment. */
function useSettled(choice: Choice | null): Choice | null {
  const [settled, setSettled] = useState(choice);
  const mark = JSON.stringify(choice);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(mark) as Choice | null), typingMs);
    return () => clearTimeout(timer);
  }, [mark]);
  return settled;
}
