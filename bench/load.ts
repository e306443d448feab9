import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';

/**
 * The load client, a process of its own: keep-alive connections that each send the next request as soon as the
 * last is answered. Written on sockets because a general HTTP client costs as much as the raw application that it
 * is to measure, and on two cores that would hide half of every difference.
 *
 * Told by messages: `{ load: file }` reads requests, `{ run: { port, connections, milliseconds } }` is answered by a
 * {@link Slice}.
 */
export interface Slice {
  requests: number;
  seconds: number;
  /** Answers other than 2xx. */
  failures: number;
  firstFailure: string | null;
  p50: number;
  p95: number;
  bytes: number;
}

/** A request as it goes over the wire. `unique`, where eight digits lie that must differ each time, or -1. */
export interface WireRequest {
  text: string;
  unique: number;
}

let requests: { bytes: Buffer; unique: number }[] = [];
let next = 0;
/** Starts where no earlier run on the same database can have been. */
let unique = Math.floor(Date.now() / 100) % 100_000_000;

interface Order {
  load?: string;
  run?: { port: number; connections: number; milliseconds: number };
}

process.on('message', ({ load, run: slice }: Order) => {
  if (load) {
    const read = JSON.parse(readFileSync(load, 'utf8')) as WireRequest[];
    requests = read.map(({ text, unique: at }) => ({ bytes: Buffer.from(text), unique: at }));
    process.send!({ loaded: requests.length });
  }
  if (slice) {
    void run(slice.port, slice.connections, slice.milliseconds).then((done) => process.send!(done));
  }
});
process.on('disconnect', () => process.exit());

async function run(port: number, connections: number, milliseconds: number): Promise<Slice> {
  const started = performance.now();
  const slice = {
    until: started + milliseconds,
    times: [] as number[],
    failures: 0,
    firstFailure: null as string | null,
    bytes: 0,
  };
  await Promise.all(Array.from({ length: connections }, () => new Connection(port, slice).run()));
  const seconds = (performance.now() - started) / 1000;
  const sorted = Float64Array.from(slice.times).sort();
  const quantile = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  const { failures, firstFailure, bytes } = slice;
  return {
    requests: sorted.length,
    seconds,
    failures,
    firstFailure,
    p50: quantile(0.5),
    p95: quantile(0.95),
    bytes,
  };
}

class Connection {
  #socket: Socket | undefined;
  #sent = 0;
  /** The answer so far; empty between answers. */
  #held: Buffer[] = [];
  #missing = -1;

  constructor(
    private readonly port: number,
    private readonly slice: {
      until: number;
      times: number[];
      failures: number;
      firstFailure: string | null;
      bytes: number;
    },
  ) {}

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
      this.#socket = socket;
      socket.on('connect', () => this.#send());
      socket.on('data', (chunk) => this.#receive(chunk));
      socket.on('error', reject);
      socket.on('close', () => resolve());
    });
  }

  #send(): void {
    const request = requests[next++ % requests.length]!;
    let bytes = request.bytes;
    if (request.unique >= 0) {
      bytes = Buffer.from(bytes);
      bytes.write(String(unique++ % 100_000_000).padStart(8, '0'), request.unique, 'latin1');
    }
    this.#sent = performance.now();
    this.#socket!.write(bytes);
  }

  #receive(chunk: Buffer): void {
    if (this.#missing < 0) {
      const answer = this.#held.length > 0 ? Buffer.concat([...this.#held, chunk]) : chunk;
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#held = [answer];
        return;
      }
      this.#missing = end + 4 + lengthIn(answer.toString('latin1', 0, end)) - answer.length;
      this.#held = [answer];
    } else {
      this.#missing -= chunk.length;
      this.#held.push(chunk);
    }
    if (this.#missing <= 0) this.#finish();
  }

  #finish(): void {
    const now = performance.now();
    this.slice.times.push(now - this.#sent);
    for (const part of this.#held) this.slice.bytes += part.length;
    // "HTTP/1.1 2": the tenth byte is the class of the status.
    if (this.#held[0]![9] !== 0x32) {
      this.slice.failures += 1;
      this.slice.firstFailure ??= Buffer.concat(this.#held).toString('utf8');
    }
    this.#held = [];
    this.#missing = -1;
    if (now < this.slice.until) this.#send();
    else this.#socket!.destroy();
  }
}

function lengthIn(head: string): number {
  const found = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (!found) throw new Error(`an answer without a length: ${head}`);
  return Number(found[1]);
}
