import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { Conditions, SavedView, ViewScope } from '../../api/desk-types.js';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { useCan } from '../auth/queries.js';
import { usualColumns } from '../columns/columns.js';
import { showDialog } from '../desk/dialogs.js';
import { teamsQuery, viewsQuery } from '../desk/queries.js';
import { useTicketCount } from '../tickets/queries.js';
import { sorts, type TicketSearch } from '../tickets/search.js';
import { useTicketSearch } from '../tickets/use-ticket-search.js';
import { ColumnPicker } from './column-picker.js';
import { ConditionsBuilder } from './conditions-builder.js';
import { conditionsOf, finished } from './conditions.js';
import { saveView } from './queries.js';

const unresolved: Conditions = { all: [{ field: 'status', operator: 'is', value: 'open' }] };

/** Makes a list that is kept: out of what the queue shows, or (`edits`) the one that it shows, changed. */
export default function ViewEditor({ edits = false }: { edits?: boolean }) {
  const t = useText();
  const search = useTicketSearch();
  const onTickets = useRouterState({
    select: (state) => state.location.pathname.startsWith('/tickets'),
  });
  const { data: views } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const shown = views?.find(({ id }) => id === search.view);
  const close = () => showDialog(null);
  if (search.view && !views) return null;
  const seed = onTickets ? conditionsOf(search, shown) : null;
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t(edits ? 'viewEditor.edit' : 'viewEditor.new')}
      shape="wide"
    >
      <Form
        before={edits ? shown : undefined}
        like={shown}
        seed={(edits && shown?.conditions) || seed || unresolved}
        sort={search.sort}
        onClose={close}
      />
    </Dialog>
  );
}

interface FormProps {
  before: SavedView | undefined;
  like: SavedView | undefined;
  seed: Conditions;
  sort: TicketSearch['sort'];
  onClose: () => void;
}

function Form({ before, like, seed, sort: sortSeen, onClose }: FormProps) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const shares = useCan('desk:write');
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled: shares && !before });
  const [name, setName] = useState(before?.name ?? '');
  const [owner, setOwner] = useState<string>('personal');
  const [conditions, setConditions] = useState(seed);
  const [columns, setColumns] = useState(
    like && like.columns.length > 0 ? like.columns : usualColumns,
  );
  const [sort, setSort] = useState<string>(sortSeen ?? like?.sort ?? '-updatedAt');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const wanted = finished(conditions);
  const count = useTicketCount({ conditions: JSON.stringify(wanted) }, true);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') return;
    setBusy(true);
    try {
      const scope: ViewScope = owner === 'personal' || owner === 'organization' ? owner : 'team';
      const view = await saveView(
        {
          name: name.trim(),
          scope,
          teamId: scope === 'team' ? owner : undefined,
          conditions: wanted,
          columns,
          sort,
        },
        before,
      );
      await client.invalidateQueries({ queryKey: ['views'] });
      void client.invalidateQueries({ queryKey: ['tickets'] });
      void client.invalidateQueries({ queryKey: ['count'] });
      onClose();
      await navigate({ to: '/tickets', search: { view: view.id } });
    } catch (error) {
      const conflict = error instanceof ApiError && error.status === 412;
      setProblem(conflict ? t('viewEditor.conflict') : errorText(t, error));
      if (conflict) void client.invalidateQueries({ queryKey: ['views'] });
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <FormError message={problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('viewEditor.name')}
          error={tried && name.trim() === '' ? t('field.required') : undefined}
        >
          {(control) => (
            <input
              {...control}
              data-autofocus
              value={name}
              onChange={({ target }) => setName(target.value)}
              maxLength={100}
              autoComplete="off"
              dir="auto"
              className="field"
            />
          )}
        </Field>
        {!before && (
          <Field label={t('viewEditor.scope')}>
            {(control) => (
              <select
                {...control}
                value={owner}
                onChange={({ target }) => setOwner(target.value)}
                className="field"
              >
                <option value="personal">{t('viewEditor.scope.personal')}</option>
                {shares && (
                  <option value="organization">{t('viewEditor.scope.organization')}</option>
                )}
                {teams.map((team) => (
                  <option key={team.id} value={team.id}>
                    {t('viewEditor.scope.team', { team: team.name })}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <ConditionsBuilder conditions={conditions} onChange={setConditions} />
      <p role="status" className="text-xs text-muted">
        {count
          ? t('viewEditor.matches', { count: count.total, more: String(!count.exact) })
          : t('viewEditor.counting')}
      </p>
      <ColumnPicker columns={columns} onChange={setColumns} />
      <Field label={t('queue.sort')}>
        {(control) => (
          <select
            {...control}
            value={sort}
            onChange={({ target }) => setSort(target.value)}
            className="field"
          >
            {sorts.map((each) => (
              <option key={each} value={each}>
                {t(`sort.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DialogButtons onClose={onClose} action={t('viewEditor.save')} busy={busy} />
    </form>
  );
}
