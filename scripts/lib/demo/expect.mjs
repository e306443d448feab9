import { waitFor } from '../processes.mjs';
import { Sentence } from '../sentence.mjs';

/** A demo that shows something untrue must fail, and say where. */
export function expect(isSo, what) {
  if (!isSo)
    throw new Sentence(`the demo expected ${what}, and it was not so; the desk has a fault.`);
}

/** Asks until the answer is there, for at most twenty seconds. Resolves to it. */
export async function settle(what, ask) {
  let answer = null;
  const asked = async () => {
    answer = await ask();
    return Boolean(answer);
  };
  expect(await waitFor(asked, 20_000, 100), `${what} within 20 seconds`);
  return answer;
}
