import { authorized } from './client.js';
import { eventParser } from './event-parser.js';
import { toApiError } from './error.js';

/** A change in the organization, as the event feed tells it. */
export interface ChangeEvent {
  seq: number;
  type: string;
  actor: { type: string; id: string | null };
  subject: { type: string; id: string };
  occurredAt: string;
  /** Null when it was erased. */
  data: Record<string, unknown> | null;
}

export type LiveState = 'connecting' | 'live' | 'offline' | 'refused';

interface Listener {
  /** The last event that this browser has seen, if any. */
  lastId: string | null;
  onId: (id: string) => void;
  onEvent: (event: ChangeEvent) => void;
  /** Somebody came to a ticket, left it, or began to type in it. */
  onPresence: (ticketId: string) => void;
  onState: (state: LiveState) => void;
}

/** Nothing for this long (heartbeats come every 15 s) means that the line is dead. */
const silenceMs = 40_000;
const longestWaitMs = 20_000;

/** Reads the organization's events until stopped: reconnects by itself and resumes where it was. */
export function followEvents(listener: Listener): () => void {
  const stop = new AbortController();
  let { lastId } = listener;
  let failures = 0;
  let wake: () => void = () => {};

  const read = async (): Promise<void> => {
    const line = new AbortController();
    const abort = () => line.abort();
    stop.signal.addEventListener('abort', abort);
    let silence = setTimeout(abort, silenceMs);
    try {
      const response = await authorized(
        new Request('/api/v1/events/stream', {
          headers: lastId ? { 'Last-Event-ID': lastId } : {},
          signal: line.signal,
          cache: 'no-store',
        }),
      );
      if (!response.ok || !response.body) throw toApiError(response.status, null);
      failures = 0;
      listener.onState('live');
      const parse = eventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(abort, silenceMs);
        for (const event of parse(value)) {
          const data: unknown = JSON.parse(event.data);
          // It is no entry of the log: it has no number, and nothing is lost when it is missed.
          if (event.type === 'presence') {
            listener.onPresence((data as { ticketId: string }).ticketId);
            continue;
          }
          listener.onEvent(data as ChangeEvent);
          if (event.id) lastId = event.id;
        }
        if (lastId) listener.onId(lastId);
      }
    } finally {
      clearTimeout(silence);
      stop.signal.removeEventListener('abort', abort);
    }
  };

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const status = await read().then(
        () => 0,
        (error: { status?: number }) => error.status ?? 0,
      );
      if (stop.signal.aborted) return;
      // 402: not before somebody has paid.
      if ([401, 402, 403, 404].includes(status)) return listener.onState('refused');
      failures += 1;
      listener.onState(failures === 1 && navigator.onLine ? 'connecting' : 'offline');
      // A little chance keeps a whole office from coming back in the same moment.
      const wait = Math.min(longestWaitMs, 500 * 2 ** failures) * (0.6 + Math.random() * 0.4);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, failures === 1 ? 300 : wait);
      });
    }
  };

  const online = () => wake();
  window.addEventListener('online', online);
  stop.signal.addEventListener('abort', () => window.removeEventListener('online', online));
  void run();
  return () => {
    stop.abort();
    wake();
  };
}
