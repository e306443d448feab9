import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import { useIntl } from '../../messages/intl.js';
import { count, percent, storage } from './format.js';
import { features, type Entitlements, type Limit } from './types.js';

/** Hundredths from which it is nearly used up. */
const near = 80;

/** What the plan bounds with what is used of it: in words, and as bars beside them. */
export function LimitList({ entitlements }: { entitlements: Entitlements }) {
  const { t, language } = useIntl();
  const { limits, callsAMinute, features: had } = entitlements;
  return (
    <>
      <ul aria-label={t('usage.limits')} className="space-y-4">
        {limits.map((limit) => (
          <LimitRow key={limit.entitlement} limit={limit} />
        ))}
      </ul>
      <ul aria-label={t('usage.features')} className="mt-5 grid gap-1.5 text-sm sm:grid-cols-2">
        <li className="flex items-center gap-2">
          <Check size={14} className="shrink-0 text-accent-text" aria-hidden />
          {callsAMinute === null
            ? t('usage.anyCalls')
            : t('usage.calls', { count: count(callsAMinute, language) })}
        </li>
        {features.map((feature) => {
          const has = had.includes(feature);
          return (
            <li key={feature} className={clsx('flex items-center gap-2', !has && 'text-muted')}>
              {has ? (
                <Check size={14} className="shrink-0 text-accent-text" aria-hidden />
              ) : (
                <Minus size={14} className="shrink-0" aria-hidden />
              )}
              {has
                ? t(`billing.feature.${feature}`)
                : t('usage.notHad', { feature: t(`billing.feature.${feature}`) })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** One thing that a plan bounds, as words and as a bar. */
export function LimitRow({
  limit: { entitlement, limit, used, percent: share },
}: {
  limit: Limit;
}) {
  const { t, language } = useIntl();
  const number = (value: number) =>
    entitlement === 'storageBytes' ? storage(value, language) : count(value, language);
  const level = share === null ? 'free' : share >= 100 ? 'full' : share >= near ? 'near' : 'free';
  return (
    <li>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{t(`usage.limit.${entitlement}`)}</span>
        <span className="text-muted tabular-nums">
          {limit === null
            ? t('usage.unlimited', { used: number(used) })
            : t('usage.of', {
                used: number(used),
                limit: number(limit),
                share: percent(share ?? 0, language),
              })}
        </span>
      </p>
      {limit !== null && (
        <svg
          viewBox="0 0 100 2"
          preserveAspectRatio="none"
          className="mt-1.5 h-1.5 w-full rounded-full rtl:-scale-x-100"
          aria-hidden
        >
          <rect width="100" height="2" className="fill-line" />
          <rect
            width={Math.min(100, share ?? 0)}
            height="2"
            className={{ free: 'fill-accent', near: 'fill-warn', full: 'fill-danger' }[level]}
          />
        </svg>
      )}
      {level !== 'free' && (
        <p className={clsx('mt-1 text-xs', level === 'full' ? 'text-danger' : 'text-warn')}>
          {t(level === 'full' ? `usage.full.${entitlement}` : 'usage.near')}
        </p>
      )}
    </li>
  );
}
