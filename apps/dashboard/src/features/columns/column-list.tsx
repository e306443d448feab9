import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import { useText } from '../../messages/intl.js';
import { fieldsQuery, viewsQuery } from '../desk/queries.js';
import type { TicketSearch } from '../tickets/search.js';
import { TicketList } from '../tickets/ticket-list.js';
import { ColumnRow, Columns, gridOf } from './column-row.js';
import { labelOf, sortsOf, usualColumns } from './columns.js';

const height = 40;

interface ColumnListProps {
  search: TicketSearch;
  openId: string | undefined;
}

/** The list over the whole width, in the columns of its view. */
export default function ColumnList({ search, openId }: ColumnListProps) {
  const { data: views } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const view = views?.find(({ id }) => id === search.view);
  const columns = view && view.columns.length > 0 ? view.columns : usualColumns;
  const own = columns.some((column) => column.startsWith('fields.'));
  const usual = view?.sort ?? '-updatedAt';
  const head = useMemo(
    () => <Head columns={columns} search={search} usual={usual} />,
    [columns, search, usual],
  );
  return (
    <Columns value={columns}>
      <TicketList
        search={search}
        openId={openId}
        include={own ? 'fields' : undefined}
        row={{ component: ColumnRow, height, head }}
      />
    </Columns>
  );
}

interface HeadProps {
  columns: string[];
  search: TicketSearch;
  usual: string;
}

function Head({ columns, search, usual }: HeadProps) {
  const t = useText();
  const navigate = useNavigate();
  const { data: fields = [] } = useQuery({
    ...fieldsQuery,
    enabled: columns.some((column) => column.startsWith('fields.')),
  });
  const sort = search.sort ?? usual;
  const nameOf = (column: string) => {
    const label = labelOf(column);
    if (label) return t(label);
    return fields.find(({ key }) => `fields.${key}` === column)?.name ?? column.slice(7);
  };
  const sortBy = (to: string) =>
    void navigate({ to: '/tickets', search: { ...search, sort: to as never }, replace: true });
  return (
    <div
      role="group"
      aria-label={t('queue.columns')}
      style={{ gridTemplateColumns: gridOf(columns) }}
      className="sticky top-0 z-20 grid h-8 min-w-max items-center gap-x-3 border-b border-line bg-surface px-3 text-xs text-muted"
    >
      <span />
      {columns.map((column) => {
        const [down, up] = sortsOf[column] ?? [];
        if (!down || !up)
          return (
            <span key={column} className="truncate">
              {nameOf(column)}
            </span>
          );
        const by = sort === down ? 'down' : sort === up ? 'up' : null;
        return (
          <button
            key={column}
            type="button"
            aria-pressed={by !== null}
            aria-label={t('queue.sortBy', { column: nameOf(column) })}
            onClick={() => sortBy(by === 'down' ? up : down)}
            className="flex min-w-0 items-center gap-1 text-start hover:text-text"
          >
            <span className="truncate">{nameOf(column)}</span>
            {by === 'down' && <ArrowDown size={12} aria-hidden />}
            {by === 'up' && <ArrowUp size={12} aria-hidden />}
          </button>
        );
      })}
    </div>
  );
}
