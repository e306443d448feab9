import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Eye, GitMerge, Upload } from 'lucide-react';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { useTitle } from '../../ui/title.js';
import { useCan, useMe } from '../auth/queries.js';
import { callComposer, forgetComposer } from '../composer/call-ahead.js';
import { Composer } from '../composer/composer.js';
import { useSend } from '../composer/use-send.js';
import { usePresence } from '../presence/use-presence.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { useUndoConflicts } from '../ticket-dialogs/operations.js';
import { useTicketActions } from './actions.js';
import { Conversation } from './conversation.js';
import { useEditConflict } from './edit-conflicts.js';
import { useTicket } from './queries.js';
import type { TicketSearch } from './search.js';
import { TicketDetails } from './ticket-details.js';
import { TicketHeader } from './ticket-header.js';
import { deepTicket } from './ticket-types.js';

const code = {
  merge: () => import('../ticket-dialogs/merge-dialog.js'),
  split: () => import('../ticket-dialogs/split-dialog.js'),
  snooze: () => import('../ticket-dialogs/snooze-dialog.js'),
  macro: () => import('../ticket-dialogs/macro-dialog.js'),
  conflict: () => import('../ticket-dialogs/edit-conflict-dialog.js'),
  undo: () => import('../ticket-dialogs/undo-conflict-dialog.js'),
};
const MergeDialog = lazy(async () => ({ default: (await code.merge()).MergeDialog }));
const SplitDialog = lazy(async () => ({ default: (await code.split()).SplitDialog }));
const SnoozeDialog = lazy(async () => ({ default: (await code.snooze()).SnoozeDialog }));
const MacroDialog = lazy(async () => ({ default: (await code.macro()).MacroDialog }));
const EditConflictDialog = lazy(async () => ({
  default: (await code.conflict()).EditConflictDialog,
}));
const UndoConflictDialog = lazy(async () => ({ default: (await code.undo()).UndoConflictDialog }));

interface TicketViewProps {
  ticketId: string;
  search: TicketSearch;
}

type Open =
  | { dialog: 'merge' | 'snooze' }
  | { dialog: 'split'; messageId?: string }
  | { dialog: 'macro'; macroId: string };

/** An open ticket: its head, its conversation, the composer and (where there is room) its details. */
export function TicketView({ ticketId, search }: TicketViewProps) {
  const t = useText();
  const me = useMe();
  const writes = useCan('tickets:write');
  const navigate = useNavigate();
  const { data, error, isError, refetch } = useTicket(ticketId);
  const ticket = useMemo(() => (data ? deepTicket(data) : undefined), [data]);
  const actions = useTicketActions(ticket);
  const { send, sending } = useSend(ticketId, me);
  const { others, onTyping } = usePresence(ticketId, me?.user.id);
  const [details, setDetails] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const [endAsked, setEndAsked] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const dropped = useRef<((files: File[]) => void) | null>(null);
  const shown = ticket !== undefined;
  const conflict = useEditConflict() !== null;
  const undoConflict = useUndoConflicts() !== null;
  useFreshParts(ticketId, ticket?.updatedAt);
  useTitle(
    ticket
      ? t('ticket.title', { number: ticket.number, subject: ticket.subject })
      : t('ticket.one'),
  );
  // Reading starts at the subject; from there one Tab leads to what can be done. Who writes already is left there.
  useLayoutEffect(() => {
    if (!shown || document.activeElement?.closest('[data-composer]')) return;
    heading.current?.focus({ preventScroll: true });
  }, [shown]);
  useShortcut('reply', () => callComposer(ticketId, 'reply'), writes && !shown);
  useShortcut('note', () => callComposer(ticketId, 'note'), writes && !shown);
  useEffect(() => () => forgetComposer(ticketId), [ticketId]);
  // In a quiet moment, so that the first of them opens at once, also without a line.
  useEffect(() => {
    const timer = setTimeout(
      () => void Promise.allSettled(Object.values(code).map((load) => load())),
      1_500,
    );
    return () => clearTimeout(timer);
  }, []);
  useShortcut('back', () => {
    void navigate({ to: '/tickets', search }).then(() =>
      document.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(ticketId)}"]`)?.focus(),
    );
  });
  const split = useCallback((messageId: string) => setOpen({ dialog: 'split', messageId }), []);
  const takeFiles = useCallback((take: ((files: File[]) => void) | null) => {
    dropped.current = take;
  }, []);

  if (isError && !ticket) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!ticket) return <TicketSkeleton />;
  const close = () => setOpen(null);
  return (
    <div className="flex h-full">
      <DropPlace
        enabled={writes && !ticket.mergedInto}
        onFiles={(files) => dropped.current?.(files)}
      >
        <TicketHeader
          ticket={ticket}
          search={search}
          actions={actions}
          writes={writes}
          heading={heading}
          others={others}
          onDetails={() => setDetails(true)}
          onDialog={(dialog) => setOpen({ dialog })}
          onMacro={(macroId) => setOpen({ dialog: 'macro', macroId })}
        />
        <Conversation
          ticketId={ticketId}
          sending={sending}
          onSplit={writes && ticket.messageCount > 1 ? split : undefined}
          endAsked={endAsked}
        />
        {ticket.mergedInto ? (
          <p className="flex items-center justify-center gap-2 border-t border-line px-4 py-3 text-sm text-muted">
            <GitMerge size={15} aria-hidden />
            <Link
              to="/tickets/$ticketId"
              params={{ ticketId: ticket.mergedInto.id }}
              search={search}
              className="text-accent-text underline underline-offset-2"
            >
              {t('ticket.mergedInto', { number: ticket.mergedInto.number })}
            </Link>
          </p>
        ) : writes && me ? (
          <Composer
            ticket={ticket}
            me={me}
            onSend={send}
            onLeave={() => heading.current?.focus()}
            onTyping={onTyping}
            onShowNewest={() => setEndAsked((before) => before + 1)}
            takeFiles={takeFiles}
          />
        ) : (
          me && (
            <p className="flex items-center justify-center gap-2 border-t border-line px-4 py-3 text-sm text-muted">
              <Eye size={15} aria-hidden />
              {t('composer.readOnly')}
            </p>
          )
        )}
      </DropPlace>
      <aside
        aria-label={t('ticket.details')}
        className="hidden w-64 shrink-0 overflow-y-auto border-s border-line bg-ground px-4 py-3 xl:block 2xl:w-72"
      >
        <TicketDetails ticket={ticket} actions={actions} writes={writes} />
      </aside>
      <Dialog open={details} onOpenChange={setDetails} title={t('ticket.details')} shape="sheet">
        <TicketDetails ticket={ticket} actions={actions} writes={writes} />
      </Dialog>
      <Suspense fallback={null}>
        {open?.dialog === 'merge' && <MergeDialog ticket={ticket} onClose={close} />}
        {open?.dialog === 'split' && (
          <SplitDialog ticket={ticket} messageId={open.messageId} onClose={close} />
        )}
        {open?.dialog === 'snooze' && (
          <SnoozeDialog
            ticket={ticket}
            onSnooze={(until) => void actions.snooze(until)}
            onClose={close}
          />
        )}
        {open?.dialog === 'macro' && (
          <MacroDialog ticket={ticket} macroId={open.macroId} onClose={close} />
        )}
        {conflict && <EditConflictDialog />}
        {undoConflict && <UndoConflictDialog />}
      </Suspense>
    </div>
  );
}

/** What is read apart from the ticket is read again when the ticket has changed. */
function useFreshParts(ticketId: string, updatedAt: string | undefined): void {
  const client = useQueryClient();
  const before = useRef(updatedAt);
  useEffect(() => {
    if (before.current !== undefined && before.current !== updatedAt) {
      void client.invalidateQueries({ queryKey: ['ticket-timeline', ticketId] });
      void client.invalidateQueries({ queryKey: ['ticket-links', ticketId] });
    }
    before.current = updatedAt;
  }, [client, ticketId, updatedAt]);
}

interface DropPlaceProps {
  enabled: boolean;
  onFiles: (files: File[]) => void;
  children: React.ReactNode;
}

/** Files may be dropped anywhere on the conversation; they go into the composer. */
function DropPlace({ enabled, onFiles, children }: DropPlaceProps) {
  const t = useText();
  const [over, setOver] = useState(false);
  const holdsFiles = (event: React.DragEvent) =>
    enabled && event.dataTransfer.types.includes('Files');
  return (
    <div
      className="relative flex min-w-0 flex-1 flex-col"
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className="appear pointer-events-none absolute inset-2 z-30 flex items-center justify-center gap-2 rounded-xl border-2 border-dashed border-accent bg-surface/90 text-sm font-medium">
          <Upload size={18} aria-hidden />
          {t('attachment.drop')}
        </div>
      )}
    </div>
  );
}

function TicketSkeleton() {
  return (
    <Skeleton rows={1}>
      {() => (
        <div className="space-y-2 border-b border-line px-4 py-4">
          <div className="skeleton h-4 w-1/2" />
          <div className="skeleton h-3 w-24" />
        </div>
      )}
    </Skeleton>
  );
}
