/** A reader of `GET /events/stream` over a real connection, which comes back after a loss as a browser would. */
export class StreamReader {
  /** The events in the order in which they came. */
  readonly events: { seq: number; type: string }[] = [];
  /** How often the connection was opened. */
  connections = 0;
  #stopped = false;
  #abort = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {
    this.#done = this.#follow();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#abort.abort();
    await this.#done;
  }

  async #follow(): Promise<void> {
    while (!this.#stopped) {
      await this.#read().catch(() => undefined);
      if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #read(): Promise<void> {
    this.#abort = new AbortController();
    const last = this.events.at(-1)?.seq;
    const response = await fetch(`${this.url}/api/v1/events/stream`, {
      signal: this.#abort.signal,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(last === undefined ? {} : { 'last-event-id': String(last) }),
      },
    });
    if (!response.ok || !response.body) return;
    this.connections += 1;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data) this.events.push(JSON.parse(data));
      }
    }
  }
}
