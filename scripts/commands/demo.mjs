import { startOwnDesk, runningDesk } from '../lib/demo/desk.mjs';
import { Narrator } from '../lib/demo/narrator.mjs';
import { tell } from '../lib/demo/story.mjs';
import { settle } from '../lib/demo/expect.mjs';

/**
 * `npm run demo`: the main job of a desk, told step by step on real mails. It uses the desk that `npm start`
 * runs here, in two organizations of its own, or opens one for as long as it takes. `-- --stay` leaves
 * that one open at the end, until Ctrl-C.
 */
export const steps = runningDesk() ? 2 : 6;

export async function main(progress, args) {
  const running = runningDesk();
  const desk = running ? await useRunning(progress, running) : await startOwnDesk(progress);
  const narrator = new Narrator(process.stdout);
  const isAskedToStay = args.includes('--stay');
  await tell({ ...desk, stays: running !== null || isAskedToStay }, narrator);
  if (!running && isAskedToStay) {
    narrator.say(`The desk stays open at ${desk.url} until Ctrl-C.`);
    await new Promise(() => {});
  }
  return 0;
}

async function useRunning(progress, url) {
  await progress.step('desk', async () => {
    await settle(
      'the running desk to be ready',
      async () => (await fetch(`${url}/health/ready`)).ok,
    );
    return `ok (the one that runs at ${url})`;
  });
  return { url, received: null };
}
