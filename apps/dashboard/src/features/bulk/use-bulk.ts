import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Operation } from '../../api/desk-types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';
import { viewsQuery } from '../desk/queries.js';
import type { TicketSearch } from '../tickets/search.js';
import { clearSelection, useSelection } from '../tickets/selection.js';
import { conditionsOf } from '../views/conditions.js';
import { changeMany, undoMany, type BulkChange, type BulkTarget } from './operations.js';

/** Does something to all that is chosen: says how far it is, and offers the way back. */
export function useBulk(search: TicketSearch) {
  const t = useText();
  const client = useQueryClient();
  const { ids, everything } = useSelection();
  const { data: views } = useQuery({ ...viewsQuery, enabled: search.view !== undefined });
  const [running, setRunning] = useState<Operation | null>(null);
  const conditions = conditionsOf(
    search,
    views?.find(({ id }) => id === search.view),
  );
  const target: BulkTarget | null =
    everything && conditions ? { conditions } : ids.size > 0 ? { ticketIds: [...ids] } : null;

  const reread = () =>
    Promise.all(
      [['tickets'], ['ticket'], ['messages'], ['count']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  const failed = (title: string, error: unknown) =>
    notify({ tone: 'failed', title, detail: errorText(t, error) });

  const undo = async (id: string) => {
    try {
      const { total } = await undoMany(id, () => undefined);
      notify({ tone: 'done', title: t('bulk.undone', { count: total }) });
    } catch (error) {
      failed(t('bulk.notUndone'), error);
    } finally {
      await reread();
    }
  };

  const run = async (change: BulkChange) => {
    if (!target || running) return;
    try {
      const done = await changeMany(target, change, setRunning);
      clearSelection();
      notify({
        tone: done.status === 'failed' ? 'failed' : 'done',
        title: t('bulk.done', { count: done.done - done.failed }),
        ...(done.failed > 0 && { detail: t('bulk.someFailed', { count: done.failed }) }),
        ...(done.canUndo && {
          action: { label: t('action.undo'), run: () => void undo(done.id) },
        }),
      });
    } catch (error) {
      failed(t('bulk.failed'), error);
    } finally {
      setRunning(null);
      await reread();
    }
  };
  return { run, running, mayTakeAll: conditions !== null };
}
