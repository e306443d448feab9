import { eventually } from './jobs.js';
import type { RunningApp } from './app.js';

/** One server-sent event (WHATWG HTML, 9.2.6). */
export interface StreamedEvent {
  id: string;
  event: string;
  // What it holds is for each test to say.
  data: any;
}

/** An open stream of a running application that listens. Close it, or let the server do so. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  #ended = false;
  readonly #abort = new AbortController();

  private constructor(readonly response: Response) {}

  /** Opens a stream; `query` as in `?after=3`. */
  static async open(
    running: RunningApp,
    token: string | null,
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(`${running.url}/api/v1/events/stream${query}`, {
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      signal: abort.signal,
    });
    const stream = new EventStream(response);
    stream.#abort.signal.addEventListener('abort', () => abort.abort());
    if (response.ok) void stream.#read();
    return stream;
  }

  /** Whether the server has ended it. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when `count` events have come. */
  async has(count: number): Promise<StreamedEvent[]> {
    await eventually(`${count} events`, () => this.events.length >= count, 10_000);
    return this.events;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Closed by us, or cut off: either way nothing more comes.
    }
    this.#ended = true;
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)] as const;
      }),
    );
    if (!fields.has('data')) return;
    const data = JSON.parse(fields.get('data')!);
    this.events.push({ id: fields.get('id')!, event: fields.get('event')!, data });
  }
}
