import type { MessageKey, Translate } from '../../messages/catalog.js';
import { errorText } from '../../messages/error-text.js';
import { codeOf } from '../../api/error.js';
import { count, money, storage } from './format.js';
import { features, type Interval, type Plan, type Subscription } from './types.js';

/** What a period costs, without tax. */
export function priceText(
  t: Translate,
  language: string,
  { price, currency, interval }: { price: number; currency: string; interval: Interval },
): string {
  const key = interval === 'month' ? 'billing.priceMonth' : 'billing.priceYear';
  return t(key, { price: money(price, currency, language) });
}

/** What a seat of a plan costs, without tax. */
export function seatPriceText(
  t: Translate,
  language: string,
  plan: Plan,
  interval: Interval,
): string {
  const price = interval === 'month' ? plan.monthlyPrice : plan.yearlyPrice;
  const key = interval === 'month' ? 'billing.seatMonth' : 'billing.seatYear';
  return t(key, { price: money(price, plan.currency, language) });
}

/** What a plan has, a line each. */
export function planLines(t: Translate, language: string, plan: Plan): string[] {
  const { seats, ticketsAMonth, storageBytes } = plan;
  return [
    seats === null ? t('billing.anySeats') : t('billing.upToSeats', { count: seats }),
    ticketsAMonth === null
      ? t('billing.anyTickets')
      : t('billing.upToTickets', { count: ticketsAMonth }),
    storageBytes === null
      ? t('billing.anyStorage')
      : t('billing.upToStorage', { room: storage(storageBytes, language) }),
    ...features
      .filter((feature) => plan.features.includes(feature))
      .map((feature) => t(`billing.feature.${feature}`)),
  ];
}

export interface Used {
  seats: number;
  ticketsAMonth: number;
  storageBytes: number;
  features: readonly string[];
}

/** What a choice has less of than is used, and what becomes of that: nothing is lost by it. */
export function lossLines(
  t: Translate,
  language: string,
  { plan, seats, used }: { plan: Plan; seats: number; used: Used },
): string[] {
  const { ticketsAMonth, storageBytes } = plan;
  const lost = features.filter(
    (feature) => used.features.includes(feature) && !plan.features.includes(feature),
  );
  return [
    ...(used.seats > seats
      ? [t('billing.loss.seats', { count: used.seats, more: used.seats - seats })]
      : []),
    ...(ticketsAMonth !== null && used.ticketsAMonth >= ticketsAMonth
      ? [
          t('billing.loss.tickets', {
            used: count(used.ticketsAMonth, language),
            limit: count(ticketsAMonth, language),
          }),
        ]
      : []),
    ...(storageBytes !== null && used.storageBytes > storageBytes
      ? [t('billing.loss.storage', { used: storage(used.storageBytes, language) })]
      : []),
    ...lost.map((feature) =>
      t('billing.loss.feature', { feature: t(`billing.feature.${feature}`) }),
    ),
  ];
}

/** The name of a plan; its id when it is offered no more. */
export function planName(plans: readonly Plan[], id: string): string {
  return plans.find((plan) => plan.id === id)?.name ?? id;
}

/** Whether nothing but paying can be done about a plan now. */
export function isHalted({ status }: Subscription): boolean {
  return status === 'read_only' || status === 'suspended';
}

const refusals: Record<string, MessageKey> = {
  'billing.off': 'billing.error.off',
  'billing.plan_not_found': 'billing.error.planNotFound',
  'billing.pay_first': 'billing.error.payFirst',
  'billing.other_currency': 'billing.error.otherCurrency',
  'billing.profile_missing': 'billing.error.profileMissing',
  'billing.payment_refused': 'billing.error.paymentRefused',
  'billing.provider_unreachable': 'billing.error.unreachable',
  'billing.change_under_way': 'billing.error.underWay',
  'billing.too_many_seats': 'billing.error.tooManySeats',
};

/** What went wrong, in the words of this page. */
export function billingErrorText(t: Translate, error: unknown): string {
  const known = refusals[codeOf(error) ?? ''];
  return known ? t(known) : errorText(t, error);
}
