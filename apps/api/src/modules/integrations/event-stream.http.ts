import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { EventSink } from './event-streams.service.js';

/** Where a stream starts: after `Last-Event-ID` when a client comes back, else after the query's `after`, if that says so. */
export function resumeAfter(
  lastEventId: string | undefined,
  after: number | undefined,
): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return after;
  const seq = Number(lastEventId);
  if (!/^\d{1,16}$/.test(lastEventId) || !Number.isSafeInteger(seq)) {
    throw new ValidationFailed([
      { field: 'Last-Event-ID', problem: 'is not the id of an event of this stream' },
    ]);
  }
  return seq;
}

/** Aborted when the one who waits for the answer has hung up. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** Milliseconds that a reader has for what was written to them. */
const PATIENCE = 5_000;

/** Resolves when everything that was written has gone out: false when that takes too long, or the reader is gone. */
function drained(response: ServerResponse): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const over = new AbortController();
  const { signal } = over;
  once(response, 'drain', { signal }).then(
    () => resolve(true),
    () => resolve(false),
  );
  const timer = setTimeout(() => over.abort(), PATIENCE);
  const stop = (): void => over.abort();
  response.once('close', stop);
  return promise.finally(() => {
    clearTimeout(timer);
    response.off('close', stop);
  });
}

/** Answers with server-sent events (WHATWG HTML, 9.2). `open` starts them and gives the way to stop. */
export function openEventStream(reply: FastifyReply, open: (sink: EventSink) => () => void): void {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // The connection ends with the stream: kept for another request it would hold up the server's own end.
    connection: 'close',
    // nginx would hold the stream back otherwise.
    'x-accel-buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const close = open({
    event: (event) =>
      response.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    // Without an id line a reader resumes after the last event of the log (WHATWG HTML, 9.2.6).
    presence: (ticketId) =>
      response.write(`event: presence\ndata: ${JSON.stringify({ ticketId })}\n\n`),
    heartbeat: () => response.write(': still here\n\n'),
    pending: () => response.writableLength,
    drained: () => drained(response),
    // A reader that does not read would keep a polite end waiting for ever.
    close: () => (response.writableLength > 0 ? response.destroy() : response.end()),
  });
  response.on('close', close);
}
