import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { LimitList } from './limit-list.js';
import { MeterChart } from './meter-chart.js';
import { entitlementsQuery, usageQuery } from './queries.js';
import type { UsageByDay } from './types.js';

const ranges = [30, 90, 365] as const;

/** What is counted, by the names that the API has for it: as it happened on a day, or as it stood. */
const meters = [
  { meter: 'tickets', isLevel: false },
  { meter: 'messages', isLevel: false },
  { meter: 'mails', isLevel: false },
  { meter: 'calls', isLevel: false },
  { meter: 'seats', isLevel: true },
  { meter: 'storageBytes', isLevel: true },
] as const;

/** What is used of the plan, and how that came about day by day. */
export function UsageView() {
  const t = useText();
  const entitlements = useQuery(entitlementsQuery);
  const [days, setDays] = useState<number>(30);
  const usage = useQuery(usageQuery(days));
  return (
    <>
      <Section title={t('usage.limits')} hint={t('usage.limitsHint')}>
        <Loaded query={entitlements}>{(found) => <LimitList entitlements={found} />}</Loaded>
      </Section>
      <Section title={t('usage.byDay')} hint={t('usage.byDayHint')}>
        <div className="mb-4 max-w-44">
          <Field label={t('usage.range')}>
            {(control) => (
              <select
                {...control}
                value={days}
                onChange={({ target }) => setDays(Number(target.value))}
                className="field"
              >
                {ranges.map((range) => (
                  <option key={range} value={range}>
                    {t('usage.lastDays', { count: range })}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Loaded query={usage}>{(found) => <Charts usage={found} />}</Loaded>
      </Section>
    </>
  );
}

function Charts({ usage }: { usage: UsageByDay }) {
  const t = useText();
  const counted = meters.flatMap(({ meter, isLevel }) => {
    const days = usage.meters.find((each) => each.meter === meter)?.days ?? [];
    return days.length === 0 ? [] : [{ meter, isLevel, days }];
  });
  if (counted.length === 0) return <p className="text-sm text-muted">{t('usage.nothing')}</p>;
  return (
    <div className="grid gap-x-8 gap-y-7 sm:grid-cols-2">
      {counted.map((each) => (
        <MeterChart
          key={each.meter}
          title={t(`usage.meter.${each.meter}`)}
          isLevel={each.isLevel}
          isStorage={each.meter === 'storageBytes'}
          days={each.days}
          from={usage.from}
          to={usage.to}
        />
      ))}
    </div>
  );
}
