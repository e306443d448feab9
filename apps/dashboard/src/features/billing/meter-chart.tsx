import { useIntl } from '../../messages/intl.js';
import { count, namedDay, storage } from './format.js';
import type { MeterByDay } from './types.js';

const dayMs = 24 * 3_600_000;
const height = 100;
/** The least that is seen of a day on which there was something. */
const least = 2;

interface MeterChartProps {
  title: string;
  /** It stands at a level, of which the last one counts; else what happened is added up. */
  isLevel: boolean;
  isStorage: boolean;
  /** Only those with something. */
  days: MeterByDay['days'];
  from: string;
  to: string;
}

/** One bar a day, in words above it and as a table below it for whoever does not see bars. */
export function MeterChart({ title, isLevel, isStorage, days, from, to }: MeterChartProps) {
  const { t, language } = useIntl();
  const number = (value: number) => (isStorage ? storage(value, language) : count(value, language));
  const all = series(days, from, to);
  const peak = days.reduce((most, each) => (each.quantity > most.quantity ? each : most), days[0]!);
  const sum = days.reduce((total, { quantity }) => total + quantity, 0);
  const words = {
    peak: number(peak.quantity),
    day: namedDay(peak.day, language, 'long'),
  };
  return (
    <figure>
      <figcaption>
        <h3 className="text-sm font-medium">{title}</h3>
        <p className="text-xs text-muted">
          {isLevel
            ? t('usage.level', { now: number(days.at(-1)!.quantity), ...words })
            : t('usage.sum', { sum: number(sum), ...words })}
        </p>
      </figcaption>
      <svg
        viewBox={`0 0 ${all.length} ${height}`}
        preserveAspectRatio="none"
        className="mt-2 h-20 w-full border-b border-edge rtl:-scale-x-100"
        aria-hidden
      >
        {all.map(({ day, quantity }, index) => {
          const tall =
            quantity === 0 ? 0 : Math.max(least, (quantity / Math.max(1, peak.quantity)) * height);
          return (
            <rect
              key={day}
              x={index + 0.1}
              y={height - tall}
              width={0.8}
              height={tall}
              className="fill-accent"
            >
              <title>{`${namedDay(day, language, 'medium')}: ${number(quantity)}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="mt-1 flex justify-between text-2xs text-subtle" aria-hidden>
        <span>{namedDay(all[0]!.day, language, 'medium')}</span>
        <span>{namedDay(all.at(-1)!.day, language, 'medium')}</span>
      </p>
      <details className="mt-1 text-xs">
        <summary className="w-fit cursor-pointer text-muted hover:text-text">
          {t('usage.table')}
          <span className="sr-only">: {title}</span>
        </summary>
        <table className="mt-1 w-full">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="border-b border-line text-muted">
              <th scope="col" className="py-1 text-start font-normal">
                {t('usage.day')}
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                {t('usage.quantity')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, quantity }) => (
              <tr key={day} className="border-b border-line">
                <th scope="row" className="py-1 text-start font-normal">
                  {namedDay(day, language, 'long')}
                </th>
                <td className="py-1 text-end tabular-nums">{number(quantity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** Every day of the time that is shown, also those without anything. */
function series(days: MeterByDay['days'], from: string, to: string): MeterByDay['days'] {
  const found = new Map(days.map(({ day, quantity }) => [day, quantity]));
  const all: MeterByDay['days'] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    all.push({ day, quantity: found.get(day) ?? 0 });
  }
  return all;
}
