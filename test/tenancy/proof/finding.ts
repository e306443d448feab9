/** One wall that does not stand: where, and what is wrong with it. */
export interface Hole {
  where: string;
  what: string;
}

/** What a part of the proof found out. */
export interface PartResult {
  part: string;
  /** What was tried, and how often: `{ tables: 16, … }`. */
  tried: Record<string, number>;
  holes: Hole[];
  /** Facts that a reader of the report wants beside the counts. */
  notes: string[];
}

/** Collects what a part tries and finds. */
export class Findings {
  readonly #tried = new Map<string, number>();
  readonly #holes: Hole[] = [];
  readonly #notes: string[] = [];

  constructor(private readonly part: string) {}

  /** Counts one try of a kind, or `times`. */
  tried(kind: string, times = 1): void {
    this.#tried.set(kind, (this.#tried.get(kind) ?? 0) + times);
  }

  hole(where: string, what: string): void {
    this.#holes.push({ where, what });
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  get holes(): readonly Hole[] {
    return this.#holes;
  }

  result(): PartResult {
    return {
      part: this.part,
      tried: Object.fromEntries(this.#tried),
      holes: [...this.#holes],
      notes: [...this.#notes],
    };
  }
}
