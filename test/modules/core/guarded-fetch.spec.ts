import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GuardedFetch } from '#core/network/guarded-fetch.js';
import { HostResolver, type HostAddress } from '#core/network/host-resolver.js';

/** A resolver that says what it is told, one answer a look-up; the last one stays. */
class LyingResolver extends HostResolver {
  asked = 0;
  constructor(private readonly answers: string[][]) {
    super();
  }

  override async lookup(): Promise<HostAddress[]> {
    const answer = this.answers[Math.min(this.asked, this.answers.length - 1)]!;
    this.asked += 1;
    return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  }
}

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const thing of opened.splice(0)) thing.close();
});

async function listen(answer: RequestListener, host = '127.0.0.1', port = 0): Promise<Heard> {
  const heard = { count: 0, port: 0 };
  const server: Server = createServer((request, response) => {
    heard.count += 1;
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(port, host, done));
  opened.push({ close: () => (server.closeAllConnections(), server.close()) });
  heard.port = (server.address() as AddressInfo).port;
  return heard;
}

interface Heard {
  count: number;
  port: number;
}

function guarded(allowed: string[], resolver: HostResolver = new HostResolver()): GuardedFetch {
  const config = { settings: { allowedPrivateNetworks: allowed } };
  const fetch = new GuardedFetch(config as never, resolver);
  opened.push({ close: () => void fetch.onApplicationShutdown() });
  return fetch;
}

/** Why a request failed, to the bottom of its causes. */
async function refusal(sent: Promise<unknown>): Promise<string> {
  let error: unknown = await sent.then(
    () => new Error('it was answered'),
    (failure: unknown) => failure,
  );
  while (error instanceof Error && error.cause instanceof Error) error = error.cause;
  return `${(error as Error).name}: ${(error as Error).message}`;
}

const hello: RequestListener = (_, response) => response.end('hello');

describe('a request to where a tenant points', () => {
  it('reaches what the operator excepted', async () => {
    const server = await listen(hello);
    const answer = await guarded(['127.0.0.0/8']).fetch(`http://127.0.0.1:${server.port}/`);
    expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'never reaches this machine: %s',
    async (host) => {
      const server = await listen(hello);
      for (const protocol of ['http', 'https'])
        expect(await refusal(guarded([]).fetch(`${protocol}://${host}:${server.port}/`))).toMatch(
          /^DestinationRefused/,
        );
      expect(server.count).toBe(0);
    },
  );

  it('goes without TLS to nowhere but an exception, however public the address is', async () => {
    const resolver = new LyingResolver([['93.184.216.34']]);
    expect(await refusal(guarded([], resolver).fetch('http://idp.example/'))).toMatch(
      /^DestinationRefused/,
    );
  });

  it.each(['ftp://idp.example/', 'file:///etc/passwd', 'https://a:b@idp.example/'])(
    'is not sent at all: %s',
    async (url) =>
      expect(await refusal(guarded(['0.0.0.0/0']).fetch(url))).toMatch(/^DestinationRefused/),
  );

  it('connects to the address that was checked, whatever the name says next', async () => {
    const inside = await listen(hello, '127.0.0.1');
    const outside = await listen(hello, '127.0.0.2', inside.port);
    // The usual attack: good when it is checked, bad when it is connected to.
    const resolver = new LyingResolver([['127.0.0.2'], ['127.0.0.1']]);
    const fetch = guarded(['127.0.0.2/32'], resolver);
    const url = `http://rebinding.example:${inside.port}/`;
    expect((await fetch.fetch(url)).status).toBe(200);
    expect([resolver.asked, outside.count, inside.count]).toEqual([1, 1, 0]);
    // A connection of its own looks again, and is refused by what it finds then.
    const later = guarded(['127.0.0.2/32'], resolver);
    expect(await refusal(later.fetch(url))).toMatch(/^DestinationRefused.*127\.0\.0\.1/);
    expect([resolver.asked, inside.count]).toEqual([2, 0]);
  });

  it('goes nowhere when one of the addresses of a name is bad', async () => {
    const server = await listen(hello, '127.0.0.2');
    const resolver = new LyingResolver([['127.0.0.2', '10.0.0.1']]);
    const url = `http://mixed.example:${server.port}/`;
    expect(await refusal(guarded(['127.0.0.2/32'], resolver).fetch(url))).toMatch(
      /^DestinationRefused.*10\.0\.0\.1/,
    );
    expect(server.count).toBe(0);
  });

  it('follows no redirect', async () => {
    const inside = await listen(hello);
    const server = await listen((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end(),
    );
    const answer = await guarded(['127.0.0.0/8']).fetch(`http://127.0.0.1:${server.port}/`);
    expect([answer.status, inside.count]).toEqual([302, 0]);
  });

  it('reads no more than a megabyte, and waits no longer than its caller', async () => {
    const endless = await listen((_, response) => {
      const send = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', send);
      send();
    });
    const silent = await listen(() => undefined);
    const { fetch, at } = at127(guarded(['127.0.0.0/8']));
    expect(await refusal(fetch(at(endless)))).toMatch(/^AnswerTooLarge/);
    const patience = { signal: AbortSignal.timeout(100) };
    expect(await refusal(fetch(at(silent), patience))).toMatch(/^TimeoutError/);
  });
});

function at127(guard: GuardedFetch) {
  const fetch: GuardedFetch['fetch'] = (url, request) => guard.fetch(url, request);
  return { fetch, at: ({ port }: Heard) => `http://127.0.0.1:${port}/` };
}
