/**
 * `[2/6] database client … unchanged` — the name when a step begins, the outcome when it ends. Written in
 * two halves on one line, so it reads the same on a terminal and in a log file.
 */
export class Progress {
  #out;
  #done;
  #total;
  #open = false;

  /** In production standard output belongs to the JSON log alone, so `out` is then standard error. */
  constructor(total, { out = process.stdout, done = 0 } = {}) {
    this.#out = out;
    this.#total = total;
    this.#done = done;
  }

  /** Runs one step. The work returns a word for the outcome, or nothing for `ok (1.2 s)`. */
  async step(name, work) {
    this.#done += 1;
    const started = Date.now();
    this.#out.write(`[${this.#done}/${this.#total}] ${name} … `);
    this.#open = true;
    let outcome;
    try {
      outcome = await work((note) => this.#note(note));
    } catch (error) {
      this.finishLine('failed');
      throw error;
    }
    this.finishLine(outcome ?? `ok (${seconds(Date.now() - started)})`);
  }

  /** Ends a line that a step has begun; for whoever must print something while a step is under way. */
  finishLine(text) {
    if (this.#open) this.#out.write(`${text}\n`);
    this.#open = false;
  }

  /** A line between steps. */
  say(text) {
    this.finishLine('');
    this.#out.write(`${text}\n`);
  }

  #note(text) {
    this.#out.write(`${text}, `);
  }
}

/** A length of time as a person would say it: `0.8 s`, `41 s`. */
export function seconds(milliseconds) {
  const value = milliseconds / 1000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
}
