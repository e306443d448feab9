import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useIntl } from '../../messages/intl.js';
import { useMe } from '../auth/queries.js';
import { dayIn, money } from './format.js';
import { priceText } from './plan-words.js';
import { paymentQuery } from './queries.js';
import type { Interval, Plan, PriceOfChoice, Subscription } from './types.js';

const day = 24 * 3_600_000;

interface PriceOfChangeProps {
  price: PriceOfChoice;
  /** The price of what was chosen before: the new one is on its way. */
  isOld: boolean;
  interval: Interval;
  plan: Plan;
  subscription: Subscription | null;
}

/** What a choice costs at once and what from then on, and when it begins. */
export function PriceOfChange(props: PriceOfChangeProps) {
  const { t, language } = useIntl();
  const timeZone = useMe()?.organization.timeZone ?? 'UTC';
  const payment = useQuery(paymentQuery).data;
  const { price, isOld, interval, plan, subscription } = props;
  const amount = (of: number) => money(of, price.currency, language);
  const then = priceText(t, language, { price: price.price, currency: price.currency, interval });
  const date = dayIn(freeUntil(props) ?? price.startsAt, language, timeZone);
  const isPlanned =
    subscription !== null &&
    subscription.status !== 'canceled' &&
    price.startsAt === subscription.periodEnd;
  return (
    <div
      aria-busy={isOld}
      className={clsx(
        'space-y-2 rounded-lg border border-line px-3 py-2.5 text-sm',
        // Fainter, and still to be read: until the new price is there, it is the one that is known.
        isOld && 'text-muted',
      )}
    >
      {price.lines.length > 0 && (
        <table className="w-full text-xs">
          <caption className="pb-1 text-start text-sm font-medium">{t('billing.dueNow')}</caption>
          <tbody>
            {price.lines.map((line) => (
              <tr key={line.text} className="align-top">
                {/* As it will stand on the invoice, which has one language. */}
                <th scope="row" className="py-0.5 pe-3 text-start font-normal text-muted">
                  <bdi lang="en">{line.text}</bdi>
                </th>
                <td className="py-0.5 text-end tabular-nums">{amount(line.net)}</td>
              </tr>
            ))}
            {price.tax !== 0 && (
              <tr>
                <th scope="row" className="py-0.5 pe-3 text-start font-normal text-muted">
                  {payment?.taxName || t('billing.tax')}
                </th>
                <td className="py-0.5 text-end tabular-nums">{amount(price.tax)}</td>
              </tr>
            )}
            <tr className="border-t border-line text-sm font-medium">
              <th scope="row" className="py-1 pe-3 text-start font-medium">
                {t('billing.total')}
              </th>
              <td className="py-1 text-end tabular-nums">{amount(price.total)}</td>
            </tr>
          </tbody>
        </table>
      )}
      <p>
        {freeUntil({ subscription, plan, price })
          ? t('billing.freeUntil', { date, price: then })
          : isPlanned
            ? t('billing.startsLater', { date, price: then })
            : t('billing.startsNow', { price: then })}
      </p>
      {price.lines.length === 0 && <p className="text-xs text-muted">{t('billing.nothingNow')}</p>}
    </div>
  );
}

/** Until when nothing is billed, of who tries the plan or will; null when it is billed at once. */
function freeUntil({
  subscription,
  plan,
  price,
}: Pick<PriceOfChangeProps, 'subscription' | 'plan' | 'price'>): string | null {
  if (subscription?.status === 'trialing') return subscription.trialEndsAt;
  if (subscription !== null || plan.trialDays === 0) return null;
  return new Date(Date.parse(price.startsAt) + plan.trialDays * day).toISOString();
}
