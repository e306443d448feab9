/** A failure that a person can mend: its message says what is wrong and what to do, and is all that is shown. */
export class Sentence extends Error {}

/** Prints a failure as one line; a stack only helps whoever works on the launcher, so it needs asking for. */
export function printFailure(error) {
  const message =
    error instanceof Sentence ? error.message : `unexpected failure: ${error?.message ?? error}`;
  process.stderr.write(`manydesk: ${message}\n`);
  if (process.env.MANYDESK_DEBUG && error?.stack) process.stderr.write(`${error.stack}\n`);
}
