import { build, buildSteps } from '../lib/build.mjs';
import { Sentence } from '../lib/sentence.mjs';

/** `npm run build [-- step …]`: everything that `npm start` builds, or only the named steps. */
const named = process.argv.slice(2);
const chosen = named.length > 0 ? named : Object.keys(buildSteps);

export const steps = 1 + chosen.length;

export function before() {
  const unknown = chosen.find((name) => !Object.hasOwn(buildSteps, name));
  if (unknown) {
    throw new Sentence(
      `there is no build step "${unknown}"; the steps are ${Object.keys(buildSteps).join(', ')}.`,
    );
  }
}

export async function main(progress) {
  for (const name of chosen) {
    const step = buildSteps[name];
    await progress.step(step.name, (note) => build(step, note));
  }
}
