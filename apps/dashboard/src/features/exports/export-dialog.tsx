import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { showDialog } from '../desk/dialogs.js';
import { viewsQuery } from '../desk/queries.js';
import { useSearchName, useTicketSearch } from '../tickets/use-ticket-search.js';
import { conditionsOf } from '../views/conditions.js';
import { requestExport, type ExportInput } from './queries.js';

const formats = ['csv', 'jsonl'] as const;

/** Asks for a file of the list that is shown, or of a view, or of everything. */
export default function ExportDialog() {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const search = useTicketSearch();
  const onTickets = useRouterState({
    select: (state) => state.location.pathname.startsWith('/tickets'),
  });
  const name = useSearchName(search);
  const { data: views = [] } = useQuery(viewsQuery);
  const shown = onTickets
    ? conditionsOf(
        search,
        views.find(({ id }) => id === search.view),
      )
    : null;
  const [chosen, setChosen] = useState<string>();
  const what = chosen ?? (shown ? 'shown' : 'all');
  const [format, setFormat] = useState<ExportInput['format']>('csv');
  const [messages, setMessages] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const close = () => showDialog(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await requestExport({
        format,
        include: { messages: messages && format === 'jsonl' },
        ...(what === 'shown' && shown && { conditions: shown }),
        ...(what !== 'shown' && what !== 'all' && { viewId: what }),
      });
      await client.invalidateQueries({ queryKey: ['exports'] });
      close();
      await navigate({ to: '/exports' });
    } catch (error) {
      setProblem(errorText(t, error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={close} title={t('exports.new')} description={t('exports.newBody')}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <FormError message={problem} />
        <Field label={t('exports.what')}>
          {(control) => (
            <select
              {...control}
              data-autofocus
              value={what}
              onChange={({ target }) => setChosen(target.value)}
              className="field"
            >
              {shown && <option value="shown">{t('exports.shown', { name })}</option>}
              <option value="all">{t('exports.everything')}</option>
              {views.map((view) => (
                <option key={view.id} value={view.id}>
                  {view.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('exports.format')}>
          {(control) => (
            <select
              {...control}
              value={format}
              onChange={({ target }) => setFormat(target.value as ExportInput['format'])}
              className="field"
            >
              {formats.map((each) => (
                <option key={each} value={each}>
                  {t(`exports.format.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {format === 'jsonl' && (
          <label className="flex items-center gap-2.5 text-sm">
            <input
              type="checkbox"
              checked={messages}
              onChange={({ target }) => setMessages(target.checked)}
              className="size-4 accent-(--accent)"
            />
            {t('exports.messages')}
          </label>
        )}
        <DialogButtons onClose={close} action={t('exports.begin')} busy={busy} />
      </form>
    </Dialog>
  );
}
