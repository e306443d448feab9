const PATIENCE = 30_000;
const LOOK_EVERY = 100;

/** Resolves when `look` gives true; rejects, saying `what` and what was seen last, when it does not come to that. */
export async function eventually(
  what: string,
  look: () => Promise<boolean>,
  seen: () => unknown = () => 'nothing of it',
  patience = PATIENCE,
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await look())) {
    if (Date.now() > deadline)
      throw new Error(`not within ${patience} ms: ${what}, but ${JSON.stringify(seen())}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
