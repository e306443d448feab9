import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { useIntl, useText } from '../../messages/intl.js';
import { Loaded } from '../../ui/loaded.js';
import { EmptyState } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { count } from '../billing/format.js';
import { routesQuery, slowStatementsQuery } from './operations-queries.js';

/** How the process that answers did, by route; the most time first. */
export function RoutesTable() {
  const { t, language } = useIntl();
  const query = useQuery(routesQuery);
  const number = (value: number) => count(value, language);
  return (
    <Loaded query={query} rows={6}>
      {(routes) => (
        <Table
          label={t('staff.operations.routes')}
          heads={[
            t('staff.routes.route'),
            t('staff.routes.requests'),
            t('staff.routes.failures'),
            t('staff.routes.mean'),
            t('staff.routes.p95'),
          ]}
          rows={routes.map((each) => ({
            key: `${each.method} ${each.route}`,
            cells: [
              number(each.requests),
              <span key="failures" className={each.failures > 0 ? 'text-danger' : undefined}>
                {number(each.failures)}
              </span>,
              number(Math.round(each.meanMilliseconds)),
              each.p95Milliseconds === null
                ? t('staff.routes.beyond')
                : number(Math.round(each.p95Milliseconds)),
            ],
          }))}
        />
      )}
    </Loaded>
  );
}

/** What took long in the database of the process that answers. */
export function StatementsTable() {
  const { t, language } = useIntl();
  const query = useQuery(slowStatementsQuery);
  const number = (value: number) => count(value, language);
  return (
    <Loaded query={query} rows={6}>
      {(statements) =>
        statements.length === 0 ? (
          <EmptyState icon={Gauge} title={t('staff.statements.none')} />
        ) : (
          <Table
            label={t('staff.operations.statements')}
            heads={[
              t('staff.statements.work'),
              t('staff.statements.statement'),
              t('staff.statements.times'),
              t('staff.routes.mean'),
              t('staff.statements.worst'),
              t('staff.statements.last'),
            ]}
            rows={statements.map((each) => ({
              key: each.work ?? t('staff.statements.clock'),
              id: `${each.work ?? ''} ${each.statement}`,
              cells: [
                <bdi key="statement" dir="ltr" className="font-mono text-xs">
                  {each.statement}
                </bdi>,
                number(each.times),
                number(each.meanMilliseconds),
                number(each.worstMilliseconds),
                <Time key="last" at={each.lastAt} />,
              ],
            }))}
          />
        )
      }
    </Loaded>
  );
}

interface TableProps {
  label: string;
  /** That of the rows' names first. */
  heads: string[];
  rows: { key: string; id?: string; cells: ReactNode[] }[];
}

/** Scrolls by itself, so that the page stays as wide as the screen. */
function Table({ label, heads, rows }: TableProps) {
  const t = useText();
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {heads.map((head, index) => (
              <th
                key={head}
                scope="col"
                className={`py-2 pe-4 font-normal ${index === 0 ? 'text-start' : 'text-end whitespace-nowrap last:pe-0'}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, id, cells }) => (
            <tr key={id ?? key} className="border-b border-line align-top">
              <th scope="row" className="min-w-52 py-2 pe-4 text-start font-normal">
                <bdi dir="ltr" className="font-mono text-xs break-all">
                  {key}
                </bdi>
              </th>
              {cells.map((cell, index) => (
                <td
                  key={heads[index + 1]}
                  className="py-2 pe-4 text-end whitespace-nowrap tabular-nums last:pe-0"
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && (
        <p className="py-6 text-center text-sm text-muted">{t('staff.none')}</p>
      )}
    </div>
  );
}
