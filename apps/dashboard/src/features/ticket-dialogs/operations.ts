import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { call } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';
import type { Operation } from '../tickets/ticket-types.js';

/** Something that was changed after the operation that was to be undone. */
export interface UndoConflict {
  ticketId: string;
  number: number;
  field: string;
  before: unknown;
  after: unknown;
  now: unknown;
}

let current: UndoConflict[] | null = null;
const listeners = new Set<() => void>();

function set(next: UndoConflict[] | null): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Why the last undoing was refused, until it was read. */
export function useUndoConflicts(): UndoConflict[] | null {
  return useSyncExternalStore(subscribe, () => current);
}

/** It was read. */
export function endUndoConflicts(): void {
  set(null);
}

/** Says that an operation is done, with the way back beside it. */
export function useOperationNotice() {
  const t = useText();
  const client = useQueryClient();
  return useCallback(
    (operation: Operation, title: string, after?: () => void) => {
      const fresh = () =>
        Promise.all(
          ['tickets', 'ticket', 'messages', 'count', 'ticket-timeline', 'ticket-links'].map((key) =>
            client.invalidateQueries({ queryKey: [key] }),
          ),
        );
      void fresh();
      const undo = async () => {
        try {
          await call('PUT', `/operations/${operation.id}/undoing`);
          notify({ tone: 'done', title: t('operation.undone') });
          after?.();
        } catch (error) {
          const conflicts =
            error instanceof ApiError &&
            error.code === 'operation.conflict' &&
            error.info.conflicts;
          if (Array.isArray(conflicts)) set(conflicts as UndoConflict[]);
          else {
            const detail = errorText(t, error);
            notify({ tone: 'failed', title: t('operation.undoFailed'), detail });
          }
        }
        await fresh();
      };
      notify({
        tone: 'done',
        title,
        ...(operation.canUndo && {
          action: { label: t('action.undo'), run: () => void undo() },
        }),
      });
    },
    [t, client],
  );
}
