import { Agent, request } from 'node:http';
import type { Ask } from './scenarios.js';
import { UNIQUE } from './scenarios.js';

/** What was seen of one scenario at a steady pace. Milliseconds. */
export interface Paced {
  p50: number;
  p95: number;
  /** How many were asked. */
  count: number;
}

/** One thing that a person does at the desk: requests that follow each other. */
export type Doing = Ask[];

let unique = Math.floor(Date.now() / 100) % 100_000_000;

/**
 * Does `doings` round and round on `port`, `perSecond` of them begun each second whether the ones before are done or
 * not, for `milliseconds`. A time counts from the moment at which it should have begun, so that a server that stalls is
 * not excused. Throws when an answer is a failure.
 */
export async function paced(
  port: number,
  doings: Doing[],
  perSecond: number,
  milliseconds: number,
): Promise<Paced> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const count = Math.floor((perSecond * milliseconds) / 1000);
  const start = performance.now();
  try {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const due = start + (index * 1000) / perSecond;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        for (const ask of doings[index % doings.length]!) await send(agent, port, ask);
        times.push(performance.now() - due);
      }),
    );
  } finally {
    agent.destroy();
  }
  const sorted = Float64Array.from(times).sort();
  const quantile = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  return { p50: quantile(0.5), p95: quantile(0.95), count };
}

function send(agent: Agent, port: number, { method, path, apiKey, body }: Ask): Promise<void> {
  const text =
    body === undefined
      ? undefined
      : JSON.stringify(body).replace(UNIQUE, String((unique += 1) % 100_000_000).padStart(8, '0'));
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method,
        path,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode! < 300) return resolve();
          reject(
            new Error(`${method} ${path}: ${answer.statusCode} ${Buffer.concat(parts).toString()}`),
          );
        });
      },
    );
    asking.on('error', reject);
    asking.end(text);
  });
}
