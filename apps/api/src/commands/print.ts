/** Says `text` on standard output, where a program may read it. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
