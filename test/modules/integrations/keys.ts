import { expectStatus, type Client } from '../../support/as.js';
import type { RunningApp } from '../../support/app.js';
import { Integration } from '../../support/given.js';

/** A key that `by` makes, and the caller that holds it. */
export async function keyMadeBy(
  running: RunningApp,
  by: Client,
  body: Record<string, unknown>,
): Promise<Integration> {
  const answer = expectStatus(await by.post('/api-keys', { name: 'Web shop', ...body }), 201);
  const { secret, ...key } = answer.body.data;
  return new Integration(running, secret, key);
}

/** A header that says where a request comes from, to an application that believes its proxy. */
export function from(address: string): { headers: Record<string, string> } {
  return { headers: { 'x-forwarded-for': address } };
}

/** Settings of an application behind a proxy on this machine. */
export const BEHIND_A_PROXY = { TRUSTED_PROXIES: '127.0.0.1' };
