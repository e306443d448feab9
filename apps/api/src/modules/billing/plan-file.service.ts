import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BadSetting } from '#core/config/settings.js';
import { overrideTerms } from './override-terms.js';
import { planForm } from './plan-form.js';
import type { Override } from './overrides.service.js';
import type { PlanDefinition } from './plans.service.js';

/** An override as its file says it. */
const overrideFile = z.strictObject({
  terms: overrideTerms,
  reason: z.string().min(1).max(500),
  until: z.iso.datetime().transform((text) => new Date(text)),
});

/** Reads a plan from a file of JSON. Throws BadSetting with a sentence that says what is wrong with it. */
export function readPlan(path: string): Promise<PlanDefinition> {
  return read(path, 'a plan', planForm);
}

/** Reads what an organization is given, in the same way. */
export function readOverride(path: string): Promise<Override> {
  return read(path, 'an override', overrideFile);
}

async function read<T>(path: string, what: string, form: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new BadSetting(`${path || 'The file'} cannot be read: name the file of ${what}`);
  });
  try {
    return form.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : 'it is no JSON';
    throw new BadSetting(`${path} is not ${what} as docs/billing.md describes it: ${problem}`);
  }
}
