import { randomBytes } from 'node:crypto';

const CANARY = /kanarie[0-9a-z]{12}/g;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A word that nobody else says: fit for an address, a name, a tag, a header and a search. Of letters alone, as words are. */
export function canary(): string {
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26)));
  return `kanarie${letters.join('')}`;
}

/** Everything that is one organization's and nobody else's: canaries, ids, hashes, secrets. */
export class Secrets {
  readonly #canaries = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #values = new Set<string>();

  /** Learns from a row as Postgres writes it, or from any text. */
  learn(text: string): void {
    for (const [found] of text.matchAll(CANARY)) this.#canaries.add(found);
    for (const [found] of text.matchAll(ID)) this.#ids.add(found);
  }

  /** Learns a value that has no form of its own: a hash, a token. */
  learnValue(value: string): void {
    if (value.length >= 10) this.#values.add(value.toLowerCase());
  }

  /** Leaves out what is another's too, such as the hash of two events that say the same. */
  forget(others: Secrets): void {
    for (const id of others.#ids) this.#ids.delete(id);
    for (const value of others.#values) this.#values.delete(value);
  }

  get counts(): { canaries: number; ids: number; values: number } {
    return { canaries: this.#canaries.size, ids: this.#ids.size, values: this.#values.size };
  }

  /** What of it stands in `text`, and was not already in what the asker had `sent`. */
  in(text: string, sent = ''): string[] {
    const lower = text.toLowerCase();
    const said = sent.toLowerCase();
    const found = new Set<string>();
    for (const [word] of lower.matchAll(CANARY)) if (this.#canaries.has(word)) found.add(word);
    for (const [id] of lower.matchAll(ID)) if (this.#ids.has(id)) found.add(id);
    for (const value of this.#values) if (lower.includes(value)) found.add(value);
    return [...found].filter((secret) => !said.includes(secret));
  }
}
