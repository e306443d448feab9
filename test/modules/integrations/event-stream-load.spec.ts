import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { useApp } from '../../support/app.js';
import { eventually } from '../../support/jobs.js';

/** `MANYDESK_STREAMS=1000` for the whole of it. */
const STREAMS = Number(process.env.MANYDESK_STREAMS ?? 150);
const running = await useApp({ listen: true });
const { given } = running;
const open: ClientRequest[] = [];
afterEach(() => open.splice(0).forEach((each) => each.destroy()));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A reader who keeps nothing but the places that came. */
class Reader {
  readonly seen: number[] = [];
  ended = false;
  #rest = '';
  #place = 0;

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    response.on('close', () => (this.ended = true)).on('error', () => (this.ended = true));
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    // Cut where it is too long to be a place.
    if (this.#rest.length > 100) this.#rest = this.#rest.slice(0, 100);
    for (const line of lines) {
      if (line.startsWith('id: ')) this.#place = Number(line.slice(4));
      // An event has come when its last line has (WHATWG HTML, 9.2.6): one that is cut off has not.
      if (line === '' && this.#place > (this.seen.at(-1) ?? 0)) this.seen.push(this.#place);
    }
  }
}

function connect(token: string | null, after: number): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const asked = request(`${running.url}/api/v1/events/stream?after=${after}`, {
      headers: { authorization: `Bearer ${token}` },
      agent: false,
    });
    open.push(asked);
    asked.on('response', (response) => resolve(new Reader(response))).on('error', reject);
    asked.end();
  });
}

/** Events of a hundred kilobytes each, one transaction each. */
async function write(organizationId: string, count: number): Promise<void> {
  const [ledger, db] = [running.get(Ledger), running.get(TenantDb)];
  const subject = { type: 'ticket', id: newId() };
  const data = { messageId: newId(), number: 1, requesterId: newId() };
  for (let at = 0; at < count; at++) {
    await runInContext({ requestId: 'load-spec', organizationId }, () =>
      db.transaction(async () =>
        ledger.record({
          ...{ type: 'ticket.updated', subject, data: { number: data.number } },
          changes: { subject: ['', 'x'.repeat(100_000)] },
        }),
      ),
    );
  }
}

const from = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('many open streams', () => {
  it('each get every event, and cost no more the more has gone through them', async () => {
    const acme = await given.organization();
    const readers = await Promise.all(
      Array.from({ length: STREAMS }, () => connect(acme.owner.token, 3)),
    );
    const told = (last: number) =>
      eventually(
        `event ${last} at every reader`,
        () => readers.every(({ seen }) => seen.at(-1) === last),
        60_000,
      );
    for (let at = 0; at < 5; at++) await acme.ticket();
    await told(8);
    const before = heap();

    for (let at = 0; at < 40; at++) await acme.ticket();
    await told(48);

    for (const { seen } of readers) expect(seen).toEqual(from(4, 48));
    // Kept for each stream it would be fifty kilobytes of events each, and more for what stands around them.
    expect(heap() - before).toBeLessThan(10_000_000 + STREAMS * 10_000);
  }, 180_000);
});

describe('a reader who does not read', () => {
  it('is cut off, and goes on where they were', async () => {
    const acme = await given.organization();
    const slow = await connect(acme.owner.token, 3);
    slow.response.pause();
    const quick = await connect(acme.owner.token, 3);

    await write(acme.id, 150);
    await eventually('all of it at the quick one', () => quick.seen.at(-1) === 153, 30_000);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    slow.response.resume();
    await eventually('the end of the slow one', () => slow.ended, 30_000);

    expect(quick.seen).toEqual(from(4, 153));
    expect(quick.ended).toBe(false);
    expect(slow.seen).toEqual(from(4, slow.seen.at(-1)!));
    expect(slow.seen.length).toBeLessThan(150);
    const resumed = await connect(acme.owner.token, slow.seen.at(-1)!);
    await eventually('the rest', () => resumed.seen.at(-1) === 153, 30_000);
    expect([...slow.seen, ...resumed.seen]).toEqual(from(4, 153));
  }, 120_000);
});
