/** Tells a story to a terminal: chapters, plain lines, and lines of evidence. Slow enough to follow for a person. */
export class Narrator {
  #out;
  #pause;
  #chapter = 0;

  constructor(out) {
    this.#out = out;
    this.#pause = out.isTTY && !process.env.CI ? 900 : 0;
  }

  /** Begins a chapter with what is about to happen. */
  async chapter(title) {
    await this.breathe();
    this.#chapter += 1;
    const heading = `${this.#chapter}. ${title}`;
    this.#out.write(`\n${this.#bold(heading)}\n${'-'.repeat(heading.length)}\n`);
  }

  /** A line of the story. */
  say(text) {
    this.#out.write(`${text}\n`);
  }

  /** What can be seen of it: indented, a line each. */
  show(...lines) {
    for (const line of lines) this.#out.write(`    ${line}\n`);
  }

  /** Time to read; none when nobody watches. */
  breathe() {
    return new Promise((resolve) => setTimeout(resolve, this.#pause));
  }

  #bold(text) {
    return this.#out.isTTY ? `\u001b[1m${text}\u001b[0m` : text;
  }
}
