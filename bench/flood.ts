import { Agent, request, type RequestOptions } from 'node:http';

/** What is asked again and again, at a pace that nothing slows down. */
export interface Flood {
  port: number;
  path: string;
  apiKey: string;
  perSecond: number;
  milliseconds: number;
}

/** How a flood ended. */
export interface Flooded {
  asked: number;
  refused: number;
}

/** Milliseconds between two bursts: a timer for each request would cost more than the request. */
const TICK = 10;

/** A process of its own, so that it costs the one that measures nothing. Told by a message, a {@link Flood}. */
process.on('message', (flood: Flood) => {
  void run(flood).then((flooded) => process.send!(flooded));
});
process.on('disconnect', () => process.exit());

async function run({ port, path, apiKey, perSecond, milliseconds }: Flood): Promise<Flooded> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const headers = { authorization: `Bearer ${apiKey}` };
  const start = performance.now();
  const answers: Promise<number>[] = [];
  while (performance.now() - start < milliseconds) {
    const due = ((performance.now() - start) * perSecond) / 1000;
    while (answers.length < due)
      answers.push(ask({ agent, port, host: '127.0.0.1', path, headers }));
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
  const statuses = await Promise.all(answers);
  agent.destroy();
  return {
    asked: statuses.length,
    refused: statuses.filter((status) => status === 429).length,
  };
}

function ask(options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode!));
    });
    asking.once('error', reject);
    asking.end();
  });
}
