import { Random } from './random.js';

/** What an answer of the API is to an agent. */
export interface Heard {
  status: number;
  body: any;
  etag: string | undefined;
}

/** Asks the API as one person. Paths are those under `/api/v1`. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Heard>;

/** What an agent knows that it did, because the desk said so. */
export interface Deeds {
  /** Words that were sent once each, by what they were: they must be there once each. */
  said: Map<string, 'reply' | 'note'>;
  /** Merges that went through, and whether they were undone. */
  merges: Map<string, { into: string; merged: string[]; undone: boolean }>;
  /** Refusals that two people who work on one thing must expect, by their code. */
  refusals: Map<string, number>;
  /** Answers that nobody should get. */
  surprises: string[];
}

/** Codes with which the desk tells one of two that the other was first. */
const FIRST_COME = new Set([
  'ticket.taken',
  'ticket.merged',
  'ticket.closed',
  'ticket.busy',
  'ticket.customer_wrote',
  'ticket.messages_moved',
  'edit.conflict',
  'operation.conflict',
  'operation.undone',
  'merge.refused',
]);
/** Milliseconds between two things that an agent does. */
const BREATH = 40;

/** Somebody who works on the queue as fast as they can, at random, and remembers what they did. */
export class ScriptedAgent {
  readonly deeds: Deeds = {
    said: new Map(),
    merges: new Map(),
    refusals: new Map(),
    surprises: [],
  };
  readonly #random: Random;

  constructor(
    private readonly name: string,
    private readonly ask: Ask,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  /** Works until `isOver` says so. */
  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const queue = await this.#hear('GET', '/tickets?limit=50');
      const tickets: { id: string }[] = queue?.body.data ?? [];
      if (tickets.length > 0) await this.#doSomething(tickets);
      await new Promise((resolve) => setTimeout(resolve, this.#random.below(BREATH)));
    }
  }

  async #doSomething(tickets: { id: string }[]): Promise<void> {
    const { id } = this.#random.one(tickets);
    const draw = this.#random.below(100);
    if (draw < 20) await this.#hear('PUT', `/tickets/${id}/take`, {});
    else if (draw < 45) await this.#say(id, 'reply');
    else if (draw < 55) await this.#say(id, 'note');
    else if (draw < 75) await this.#edit(id);
    else if (draw < 82) await this.#hear('PUT', `/tickets/${id}/closure`);
    else if (draw < 87) await this.#hear('DELETE', `/tickets/${id}/closure`);
    else if (draw < 95) await this.#merge(id, this.#random.one(tickets).id);
    else await this.#undo();
  }

  async #say(id: string, kind: 'reply' | 'note'): Promise<void> {
    const seen = await this.#hear('GET', `/tickets/${id}/messages?limit=100`);
    const lastSeen = seen?.body.data.at(-1)?.id;
    const words = `${this.name} says ${this.deeds.said.size + 1} of ${this.#random.below(1e9)}`;
    const body = {
      kind,
      body: words,
      ...(kind === 'reply' && lastSeen ? { lastSeenMessageId: lastSeen } : {}),
    };
    if (await this.#hear('POST', `/tickets/${id}/messages`, body)) this.deeds.said.set(words, kind);
  }

  /** With the version that was seen, and now and then only after a while in which others have come. */
  async #edit(id: string): Promise<void> {
    const seen = await this.#hear('GET', `/tickets/${id}`);
    if (!seen) return;
    if (this.#random.below(2) === 0)
      await new Promise((resolve) => setTimeout(resolve, this.#random.below(4 * BREATH)));
    const change = this.#random.one([
      { priority: this.#random.one(['low', 'normal', 'high', 'urgent']) },
      { addTags: [`tag-${this.#random.below(5)}`] },
      { removeTags: [`tag-${this.#random.below(5)}`] },
      { type: this.#random.one(['question', 'incident', 'problem', 'task']) },
      { status: this.#random.one(['open', 'pending', 'on_hold', 'solved']) },
    ]);
    await this.#hear('PATCH', `/tickets/${id}`, change, { 'if-match': seen.etag! });
  }

  async #merge(into: string, other: string): Promise<void> {
    if (into === other) return;
    const done = await this.#hear('POST', `/tickets/${into}/merges`, { ticketIds: [other] });
    if (done) this.deeds.merges.set(done.body.data.id, { into, merged: [other], undone: false });
  }

  async #undo(): Promise<void> {
    const open = [...this.deeds.merges].filter(([, { undone }]) => !undone);
    if (open.length === 0) return;
    const [id, merge] = this.#random.one(open);
    if (await this.#hear('PUT', `/operations/${id}/undoing`)) merge.undone = true;
  }

  /** What the desk says, if it does what it is asked; a refusal that is in order is counted, any other is a surprise. */
  async #hear(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Heard | null> {
    const heard = await this.ask(method, path, body, headers);
    if (heard.status < 300) return heard;
    const code = heard.body?.error?.code ?? 'none';
    if (FIRST_COME.has(code))
      this.deeds.refusals.set(code, (this.deeds.refusals.get(code) ?? 0) + 1);
    else
      this.deeds.surprises.push(
        `${method} ${path}: ${heard.status} ${JSON.stringify(heard.body).slice(0, 300)}`,
      );
    return null;
  }
}
