import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import type { Ticket, TicketPriority } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';
import { isPlanRefusal, showRefusal } from '../../ui/refusals.js';
import { askAboutConflict } from './edit-conflicts.js';
import { changing, placeTicket, ticketQuery } from './queries.js';
import {
  deepTicket,
  type DeepTicket,
  type TicketType,
  type FieldValue,
  type TicketPatch,
  type TicketState,
} from './ticket-types.js';

/** A change of a ticket: what it will look like, and how the API is asked for it. */
interface Change {
  guess: Partial<DeepTicket>;
  send: (ifMatch: string | undefined) => Promise<{ data: Ticket }>;
  /** The version that its changer looked at; the newest one that is known, unless told. */
  seen?: number | undefined;
}

export interface Person {
  id: string;
  name: string;
}

interface Entry extends Change {
  ticketId: string;
}

/** The guesses that are on their way: an earlier answer knows nothing of a later one. */
const onTheWay = new Set<Entry>();

function placeAnswer(client: QueryClient, answer: Ticket): void {
  const before = client.getQueryData(ticketQuery(answer.id).queryKey);
  const guesses = [...onTheWay].filter(({ ticketId }) => ticketId === answer.id);
  // An answer may leave out what only the reading of one ticket tells.
  placeTicket(client, Object.assign({}, before, answer, ...guesses.map(({ guess }) => guess)));
}

/** What can be done to a ticket. Shown at once, taken back when the API refuses. */
export function useTicketActions(ticket: DeepTicket | undefined) {
  const t = useText();
  const client = useQueryClient();
  const id = ticket?.id ?? '';
  const path = `/tickets/${id}`;
  const current = () => {
    const known = client.getQueryData(ticketQuery(id).queryKey);
    return known ? deepTicket(known) : ticket;
  };

  const { mutateAsync } = useMutation({
    mutationKey: changing(id),
    scope: { id: `ticket.${id}` },
    mutationFn: ({ send, seen }: Entry) => {
      const version = seen ?? current()?.version;
      return send(version ? `"${version}"` : undefined);
    },
    onMutate: async (entry: Entry) => {
      await client.cancelQueries(ticketQuery(id));
      const before = current();
      if (!before) return undefined;
      onTheWay.add(entry);
      placeTicket(client, { ...before, ...entry.guess } as Ticket);
      // Only what this change touched goes back when it is refused.
      return Object.fromEntries(
        Object.keys(entry.guess).map((key) => [key, before[key as keyof DeepTicket]]),
      );
    },
    onError: (_error, entry, before) => {
      onTheWay.delete(entry);
      const now = current();
      if (now && before) placeTicket(client, { ...now, ...before } as Ticket);
    },
    onSuccess: ({ data }, entry) => {
      onTheWay.delete(entry);
      placeAnswer(client, data);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['tickets'] });
      void client.invalidateQueries({ queryKey: ['count'] });
    },
  });

  const refused = (error: unknown, change: Change) => {
    if (askAboutConflict(error, (etag) => run({ ...change, send: () => change.send(etag) }))) {
      void client.invalidateQueries({ queryKey: ['ticket', id] });
      return;
    }
    if (isPlanRefusal(error)) {
      showRefusal(error);
      return;
    }
    const detail =
      error instanceof ApiError && error.code === 'ticket.fields_required'
        ? t('ticket.fieldsRequired', { fields: missingNames(client, error) })
        : errorText(t, error);
    notify({ tone: 'failed', title: t('ticket.changeFailed'), detail });
  };

  const run = (change: Change): Promise<boolean> =>
    mutateAsync({ ...change, ticketId: id }).then(
      () => true,
      (error: unknown) => {
        refused(error, change);
        return false;
      },
    );

  const reopen = () =>
    run({
      guess: { status: 'open', closedAt: null },
      send: () => call('DELETE', `${path}/closure`),
    });

  const close = async () => {
    const done = await run({
      guess: { status: 'closed' },
      send: () => call('PUT', `${path}/closure`),
    });
    if (!done || !ticket) return;
    notify({
      tone: 'done',
      title: t('ticket.closedNotice', { number: ticket.number }),
      action: { label: t('action.undo'), run: () => void reopen() },
    });
  };

  const update = (body: TicketPatch, guess: Partial<DeepTicket>, seen?: number) =>
    run({ guess, seen, send: (ifMatch) => call('PATCH', path, { body, ifMatch }) });

  /** Compare and set: whoever was faster is named, and may be overruled. */
  const assign = async (person: Person | null, had = current()?.assignee?.id ?? null) => {
    const change = (ifAssigneeId: { ifAssigneeId?: string | null }): Change => ({
      guess: { assignee: person },
      send: () =>
        call('PUT', `${path}/assignment`, {
          body: { assigneeId: person?.id ?? null, ...ifAssigneeId },
        }),
    });
    const first = change({ ifAssigneeId: had });
    await mutateAsync({ ...first, ticketId: id }).catch((error: unknown) => {
      const taken = error instanceof ApiError && error.code === 'ticket.taken' && error.info;
      if (!taken) return refused(error, first);
      void client.invalidateQueries({ queryKey: ['ticket', id] });
      const other = (taken.assignee as Person | null)?.name ?? t('assign.nobody');
      notify({
        tone: 'failed',
        title: t('ticket.taken', { name: other }),
        action: { label: t('ticket.assignAnyway'), run: () => void run(change({})) },
      });
    });
  };

  const setState = async (state: Pick<TicketState, 'id' | 'category'>) => {
    const now = current();
    if (!now || state.id === now.stateId) return;
    if (state.category === 'closed' && now.status !== 'closed') {
      await close();
      return;
    }
    // A closed ticket is opened first; only then can it be put into another state.
    if (now.status === 'closed' && state.category !== 'closed' && !(await reopen())) return;
    if (current()?.stateId === state.id) return;
    await update({ stateId: state.id }, { stateId: state.id, status: state.category });
  };

  const snooze = async (until: Date | null) => {
    const before = current()?.snoozedUntil ?? null;
    const set = (at: string | null) =>
      run({
        guess: { snoozedUntil: at },
        send: () =>
          at
            ? call('PUT', `${path}/snooze`, { body: { until: at } })
            : call('DELETE', `${path}/snooze`),
      });
    const at = until?.toISOString() ?? null;
    if (!(await set(at))) return;
    notify({
      tone: 'done',
      title: at ? t('snooze.done') : t('snooze.ended'),
      action: { label: t('action.undo'), run: () => void set(before) },
    });
  };

  return {
    close,
    reopen,
    assign,
    setState,
    snooze,
    setSubject: (subject: string, seen: number) => update({ subject }, { subject }, seen),
    setPriority: (priority: TicketPriority) => update({ priority }, { priority }),
    setType: (type: TicketType | null) => update({ type }, { type }),
    setTeam: (teamId: string | null) => update({ teamId }, { teamId }),
    setTags: (tags: string[]) => update({ tags }, { tags }),
    setField: (key: string, value: FieldValue, seen: number) =>
      update(
        { fields: { [key]: value } },
        { fields: { ...current()?.fields, [key]: value } },
        seen,
      ),
  };
}

export type TicketActions = ReturnType<typeof useTicketActions>;

/** The names of the fields that have to be filled in first. */
function missingNames(client: QueryClient, error: ApiError): string {
  const keys = Array.isArray(error.info.fields) ? (error.info.fields as string[]) : [];
  const known = client.getQueryData<{ key: string; name: string }[]>(['custom-fields', 'ticket']);
  return keys.map((key) => known?.find((field) => field.key === key)?.name ?? key).join(', ');
}
