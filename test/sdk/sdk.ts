import { Manydesk, type Clock, type ManydeskOptions } from '../../sdk/src/manydesk.js';

/** A clock on which nothing takes time: what was waited for is written down. */
export class QuickClock implements Clock {
  readonly waits: number[] = [];
  #now = Date.parse('2026-03-01T12:00:00Z');

  now(): number {
    return this.#now;
  }

  chance(): number {
    return 0;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(ms);
    this.#now += ms;
    // Lets the rest of the process have a turn, or a loop that waits would never end.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What was sent in one try. */
export interface Sent {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
}

/** A way to the desk that can be broken: `judge` says what becomes of a try, nothing lets it pass. */
export class Wire {
  readonly sent: Sent[] = [];
  judge: (sent: Sent, count: number) => Response | 'lost' | 'answer lost' | undefined = () =>
    undefined;

  readonly fetch: typeof fetch = async (input, init) => {
    const sent = {
      method: init?.method ?? 'GET',
      url: input as string,
      headers: new Headers(init?.headers),
      body: init?.body,
    };
    this.sent.push(sent);
    const fate = this.judge(sent, this.sent.length);
    if (fate === 'lost') throw new TypeError('fetch failed');
    if (fate instanceof Response) return fate;
    const answer = await fetch(input, init);
    if (fate !== 'answer lost') return answer;
    await answer.arrayBuffer();
    throw new TypeError('terminated');
  };
}

/** A client of the desk at `url` over a {@link Wire}, with a clock on which nothing takes time. */
export function deskAt(
  url: string,
  apiKey: string,
  more: Partial<ManydeskOptions> = {},
): { desk: Manydesk; wire: Wire; clock: QuickClock } {
  const wire = new Wire();
  const clock = new QuickClock();
  const desk = new Manydesk({ baseUrl: url, apiKey, fetch: wire.fetch, clock, ...more });
  return { desk, wire, clock };
}

/** A refusal, in the form that the API has for it. */
export function refusal(
  status: number,
  code: string,
  { headers = {}, details }: { headers?: Record<string, string>; details?: unknown } = {},
): Response {
  const error = { code, message: `It says ${code}.`, requestId: 'request-1', details };
  return Response.json({ error }, { status, headers });
}
