import { useNavigate } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Columns3, Copy, Download, ListChecks, Pencil, Save, Trash } from 'lucide-react';
import { call } from '../../api/call.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import type { OpenedMenu } from '../../ui/menu-button.js';
import { MenuChoices, MenuItem, MenuLine, OpenMenu } from '../../ui/menu.js';
import { useCan } from '../auth/queries.js';
import { showDialog } from '../desk/dialogs.js';
import { viewsQuery } from '../desk/queries.js';
import { setPreferences, usePreferences } from '../settings/preferences.js';
import { useMayChangeView } from '../views/rights.js';
import { priorities, sorts, statuses, type Show, type TicketSearch } from './search.js';
import { startChoosing } from './selection.js';
import { PriorityIcon, StatusIcon } from './status.js';
import { useWide } from './use-wide.js';

const any = 'any';

interface NarrowingProps extends OpenedMenu {
  search: TicketSearch;
  show: Show;
}

/** What narrows the list: priority and status. */
export function FilterMenu({ search, show, ...opened }: NarrowingProps) {
  const t = useText();
  return (
    <OpenMenu {...opened} label={t('queue.filter')} align="end">
      <MenuChoices
        label={t('field.priority')}
        value={search.priority ?? any}
        onChange={(value) => show({ priority: value === any ? undefined : value })}
        choices={[
          { value: any as never, label: t('queue.anyPriority') },
          ...priorities.map((priority) => ({
            value: priority,
            label: t(`priority.${priority}`),
            icon: <PriorityIcon priority={priority} />,
          })),
        ]}
      />
      <MenuLine />
      <MenuChoices
        label={t('field.status')}
        value={search.status ?? any}
        onChange={(value) => show({ status: value === any ? undefined : value })}
        choices={[
          { value: any as never, label: t('queue.anyStatus') },
          ...statuses.map((status) => ({
            value: status,
            label: t(`status.${status}`),
            icon: <StatusIcon status={status} />,
          })),
        ]}
      />
    </OpenMenu>
  );
}

/** The order of the list; a view has its own, until another one is chosen. */
export function SortMenu({ search, show, ...opened }: NarrowingProps) {
  const t = useText();
  const { data: views = [] } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const usual = views.find(({ id }) => id === search.view)?.sort ?? '-updatedAt';
  return (
    <OpenMenu {...opened} label={t('queue.sort')} align="end">
      <MenuChoices
        label={t('queue.sort')}
        value={search.sort ?? usual}
        onChange={(sort) => show({ sort: sort === usual ? undefined : (sort as never) })}
        choices={sorts.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
      />
    </OpenMenu>
  );
}

/** What can be done with the list itself. */
export function ListMenu({ search, ...opened }: OpenedMenu & { search: TicketSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const attempt = useAttempt();
  const { layout } = usePreferences();
  const wide = useWide();
  const writes = useCan('tickets:write');
  const exports = useCan('tickets:export');
  const { data: views = [] } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const view = views.find(({ id }) => id === search.view);
  const mayChange = useMayChangeView(view);
  const { mutate: remove } = useMutation({
    mutationFn: (id: string) =>
      attempt(() => call('DELETE', `/views/${id}`), {
        done: t('viewEditor.deleted'),
        failed: t('viewEditor.notDeleted'),
      }),
    onSuccess: async (done) => {
      await client.invalidateQueries({ queryKey: ['views'] });
      if (done) await navigate({ to: '/tickets', search: { status: 'open' } });
    },
  });
  return (
    <OpenMenu {...opened} label={t('queue.more')} align="end" className="w-60">
      {wide && (
        <MenuItem
          onSelect={() => setPreferences({ layout: layout === 'columns' ? 'split' : 'columns' })}
        >
          <Columns3 size={14} className="text-muted" aria-hidden />
          {t(layout === 'columns' ? 'queue.toSplit' : 'queue.toColumns')}
        </MenuItem>
      )}
      {writes && (
        <MenuItem onSelect={startChoosing}>
          <ListChecks size={14} className="text-muted" aria-hidden />
          {t('queue.choose')}
        </MenuItem>
      )}
      {exports && (
        <MenuItem onSelect={() => showDialog('export')}>
          <Download size={14} className="text-muted" aria-hidden />
          {t('exports.new')}
        </MenuItem>
      )}
      <MenuLine />
      {view && mayChange && (
        <MenuItem onSelect={() => showDialog('editView')}>
          <Pencil size={14} className="text-muted" aria-hidden />
          {t('viewEditor.edit')}
        </MenuItem>
      )}
      <MenuItem onSelect={() => showDialog('newView')}>
        {view ? (
          <Copy size={14} className="text-muted" aria-hidden />
        ) : (
          <Save size={14} className="text-muted" aria-hidden />
        )}
        {t(view ? 'viewEditor.copy' : 'viewEditor.keep')}
      </MenuItem>
      {view && mayChange && (
        <MenuItem onSelect={() => remove(view.id)}>
          <Trash size={14} className="text-danger" aria-hidden />
          {t('viewEditor.delete')}
        </MenuItem>
      )}
    </OpenMenu>
  );
}
