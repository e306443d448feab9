import { expectStatus, type Answer, type Client } from '../../../support/as.js';
import { settled } from '../../../support/jobs.js';
import type { RunningApp } from '../../../support/app.js';
import type { Say } from './side.js';

export type DeliveryIdKind = 'endpoint' | 'webhookSecret' | 'delivery' | 'replay';

/** An address that is refused when it is connected to: every delivery ends in a try that failed. */
const NOWHERE = 'https://10.0.0.1';
/** Milliseconds until the first try of a delivery must be there, and between two looks. */
const PATIENCE = 20_000;
const LOOK_AGAIN = 100;

/** Everything of one organization that is about how what happens is handed out. */
export async function fillDelivery(
  running: RunningApp,
  owner: Client,
  ticketId: string,
  say: Say,
): Promise<{ ids: Record<DeliveryIdKind, string> }> {
  const endpoint = await made(
    owner.post('/webhook-endpoints', {
      url: `${NOWHERE}/${say('hook')}`,
      description: say('hook-description'),
      types: ['ticket.*'],
    }),
  );
  const [secret] = (await well(owner.get(`/webhook-endpoints/${endpoint.id}/secrets`))).body.data;
  const keyed = { headers: { 'idempotency-key': say('key') } };
  await made(
    owner.post(
      `/tickets/${ticketId}/messages`,
      { kind: 'reply', body: say('handed-out'), status: 'open' },
      keyed,
    ),
  );
  const digest = { every: 'hourly', hour: 7 };
  await well(
    owner.put('/me/notification-preferences', {
      reasons: [],
      digest,
      timeZone: null,
      locale: 'en',
    }),
  );
  const replay = await made(
    owner.post(`/webhook-endpoints/${endpoint.id}/replays`, { sinceSeq: 0 }),
  );
  await settled(running);
  const delivery = await triedDelivery(owner, endpoint.id);
  // From now on nothing of it changes by itself: what the attacks are looked for by stays as it is.
  await well(owner.patch(`/webhook-endpoints/${endpoint.id}`, { isEnabled: false }));
  await nothingUnderWay(owner, endpoint.id);
  const ids = { endpoint: endpoint.id, webhookSecret: secret.id, delivery, replay: replay.id };
  return { ids };
}

/** The id of a delivery that was tried: the worker sends what is due, and says nothing when it has. */
async function triedDelivery(owner: Client, endpointId: string): Promise<string> {
  for (const until = Date.now() + PATIENCE; Date.now() < until;) {
    const { body } = await well(owner.get(`/webhook-endpoints/${endpointId}/deliveries`));
    const tried = body.data.find(({ attempts }: { attempts: number }) => attempts > 0);
    if (tried) return tried.id;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
  throw new Error('no delivery was tried');
}

/** Waits until what was being sent when the endpoint was switched off has come to its end. */
async function nothingUnderWay(owner: Client, endpointId: string): Promise<void> {
  const tries = async (): Promise<string> => {
    const { body } = await well(owner.get(`/webhook-endpoints/${endpointId}/deliveries?limit=100`));
    return body.data.map(({ attempts }: { attempts: number }) => attempts).join();
  };
  for (let before = '', now = await tries(); before !== now;) {
    await new Promise((resolve) => setTimeout(resolve, 5 * LOOK_AGAIN));
    [before, now] = [now, await tries()];
  }
}

async function made(answer: Promise<Answer>): Promise<any> {
  return expectStatus(await answer, 201).body.data;
}

async function well(answer: Promise<Answer>): Promise<Answer> {
  return expectStatus(await answer, 200);
}
