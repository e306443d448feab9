import { useApp } from '../../support/app.js';
import type { GivenOrganization } from '../../support/given.js';
import { storedMessages, ticketWith, type StoredMessage } from './desk.js';

const { given, database } = await useApp();

const TICKETS = 8;
const STEPS = 45;
/** Each is another history; the same ones every time, so that a failure can be seen again. */
const SEEDS = [1, 2, 3];

/** Numbers from 0 to 1 that look like chance and are the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Agents who merge, split, undo and write as they like, two at a time. */
class Desk {
  readonly operations: string[] = [];
  /** The words of each message that was taken, and the ticket that it was written on. */
  readonly written = new Map<string, string>();
  readonly answers: number[] = [];

  constructor(
    readonly acme: GivenOrganization,
    readonly tickets: string[],
    readonly next: () => number,
  ) {}

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.next() * of.length)]!;
  }

  async step(name: string): Promise<void> {
    const roll = this.next();
    const [ticketId, otherId] = [this.one(this.tickets), this.one(this.tickets)];
    if (roll < 0.3) {
      const body = `said ${name}`;
      const path = `/tickets/${ticketId}/messages`;
      const answer = await this.#post(path, { kind: 'note', body });
      if (answer.status === 201) this.written.set(body, ticketId);
    } else if (roll < 0.6) {
      const answer = await this.#post(`/tickets/${ticketId}/merges`, { ticketIds: [otherId] });
      if (answer.status === 201) this.operations.push(answer.body.data.id);
    } else if (roll < 0.75) await this.#split(ticketId);
    else if (this.operations.length > 0) {
      const id = this.one(this.operations);
      const { status } = await this.acme.owner.put(`/operations/${id}/undoing`);
      this.answers.push(status);
    }
  }

  async #split(ticketId: string): Promise<void> {
    const { body } = await this.acme.owner.get(`/tickets/${ticketId}/messages`);
    if (body.data.length < 2) return;
    const messageIds = [this.one<{ id: string }>(body.data).id];
    const answer = await this.#post(`/tickets/${ticketId}/splits`, { messageIds });
    if (answer.status !== 201) return;
    this.operations.push(answer.body.data.operation.id);
    this.tickets.push(answer.body.data.ticket.id);
  }

  async #post(path: string, body: object): Promise<{ status: number; body: any }> {
    const answer = await this.acme.owner.post(path, body);
    this.answers.push(answer.status);
    return answer;
  }
}

describe('merges, splits and undoings in any order, two at a time', () => {
  it.each(SEEDS)('lose, double and cross no message (history %i)', async (seed) => {
    const acme = await given.organization(`History ${seed}`);
    const names = Array.from({ length: TICKETS }, (_, at) => `h${seed}t${at}`);
    const tickets = [];
    for (const name of names) tickets.push((await ticketWith(acme, name)).id);
    const desk = new Desk(acme, tickets, chance(seed));
    tickets.forEach((id, at) => desk.written.set(`${names[at]} asks`, id));

    for (let step = 0; step < STEPS; step += 2)
      await Promise.all([desk.step(`${step}`), desk.step(`${step + 1}`)]);

    // Refusals are told as such; nothing of it is a failure of ours.
    expect(desk.answers.filter((status) => status >= 500)).toEqual([]);
    expect(desk.answers.filter((status) => status === 201).length).toBeGreaterThan(10);
    await checkMessages(desk);
    await checkTickets(desk);
  });
});

/** Every message that was taken is there, once, with its words, and says where it was written. */
async function checkMessages({ acme, written }: Desk): Promise<void> {
  const messages = await storedMessages(database, acme.id);
  expect(messages.map(({ body }) => body).toSorted()).toEqual([...written.keys()].toSorted());
  // An undoing of a split leaves what was said on the new ticket with its origin there; all else is where it was
  // written, or says that.
  const astray = messages.filter((it) => homeOf(it) !== written.get(it.body));
  expect(astray).toEqual([]);
}

function homeOf({ ticketId, originId }: StoredMessage): string {
  return originId ?? ticketId;
}

/** No chain is a ring, what was merged is closed and empty, and each ticket counts what it has. */
async function checkTickets({ acme, tickets }: Desk): Promise<void> {
  const messages = await storedMessages(database, acme.id);
  const rows = [];
  for (const id of tickets) rows.push((await acme.owner.get(`/tickets/${id}`)).body.data);
  const into = new Map<string, string | null>(rows.map((row) => [row.id, row.mergedIntoId]));
  for (const row of rows) {
    const held = messages.filter(({ ticketId }) => ticketId === row.id).length;
    expect([row.number, row.messageCount]).toEqual([row.number, held]);
    if (row.mergedIntoId !== null) expect([row.status, held]).toEqual(['closed', 0]);
    const seen = new Set<string>();
    for (let at: string | null = row.id; at !== null; at = into.get(at) ?? null) {
      expect(seen.has(at)).toBe(false);
      seen.add(at);
    }
  }
}
