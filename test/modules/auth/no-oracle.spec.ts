import { performance } from 'node:perf_hooks';
import { useApp } from '../../support/app.js';
import type { Answer } from '../../support/as.js';
import { addressOf } from '../../support/given.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

/**
 * Whether somebody has an account here must not be told by the words, the status or the time of an answer. Times are
 * compared by the Mann-Whitney test over interleaved samples, in random order, of as many accounts as samples. Two kinds
 * that are alike give |z| > 4.5 once in 150,000 runs; a hash that is made for one of them alone gives about 9.
 */
const SAMPLES = 60;
const MOST = 4.5;

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const known: string[] = [];
for (let index = 0; index < SAMPLES; index += 1)
  known.push((await running.given.organization()).owner.user.email);
const unknown = known.map((email) => email.replace('owner', 'nobod'));

interface Sample {
  isKnown: boolean;
  milliseconds: number;
  answer: Answer;
}

async function sample(ask: (email: string) => Promise<Answer>): Promise<Sample[]> {
  const tries = [known, unknown]
    .flatMap((emails, kind) => emails.map((email) => ({ email, isKnown: kind === 0 })))
    .map((one) => ({ ...one, order: Math.random() }))
    .sort((a, b) => a.order - b.order);
  for (let warm = 0; warm < 15; warm += 1) await ask(addressOf('warm'));
  const samples: Sample[] = [];
  for (const { email, isKnown } of tries) {
    const begun = performance.now();
    const answer = await ask(email);
    samples.push({ isKnown, milliseconds: performance.now() - begun, answer });
    // What is done after an answer must not be measured with the next.
    await new Promise((resolve) => setTimeout(resolve, 12));
  }
  return samples;
}

/** How far the ranks of the two kinds are apart, in standard deviations. */
function distance(samples: Sample[]): number {
  const ranked = samples.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const ranks = ranked.reduce((sum, { isKnown }, index) => sum + (isKnown ? index + 1 : 0), 0);
  const n = samples.length / 2;
  const u = ranks - (n * (n + 1)) / 2;
  return Math.abs(u - (n * n) / 2) / Math.sqrt((n * n * (2 * n + 1)) / 12);
}

const told = ({ answer }: Sample) => {
  const { 'x-request-id': _, date: __, 'content-length': ___, ...headers } = answer.headers;
  const { error, ...rest } = answer.body;
  return { status: answer.status, headers, error: { ...error, requestId: null }, ...rest };
};

it.each([
  [
    'a sign-in',
    401,
    (email: string) => new Visitor(running).signIn(email, 'not the password of anybody'),
  ],
  [
    'a password reset',
    202,
    (email: string) => new Visitor(running).post('/auth/password-resets', { email }),
  ],
  [
    'a registration',
    202,
    (email: string) =>
      new Visitor(running).post('/auth/registrations', {
        organizationName: 'Acme Support',
        name: 'Olga Owner',
        email,
      }),
  ],
])(
  '%s tells nobody whether there is such an account',
  async (_, status, ask) => {
    const samples = await sample(ask);

    const first = told(samples[0]!);
    expect(first.status).toBe(status);
    for (const one of samples) expect(told(one)).toEqual(first);
    expect(distance(samples)).toBeLessThan(MOST);
  },
  240_000,
);
