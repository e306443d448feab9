import { Manydesk } from '@manydesk/sdk';
import { TicketCopy } from './ticket-copy.js';
import { mirrorTickets } from './ticket-mirror.js';

/**
 * Keeps a copy of all tickets in a file until it is stopped, and goes on where it was when it is started again:
 * `MANYDESK_URL=… MANYDESK_KEY=… mirror <file>`. The key needs `tickets:read`, `events:read` and, for tickets on
 * which colleagues leave notes, `notes:read`.
 */
const { MANYDESK_URL, MANYDESK_KEY } = process.env;
const [path] = process.argv.slice(2);
if (!MANYDESK_URL || !MANYDESK_KEY || !path) {
  process.stderr.write('Usage: MANYDESK_URL=… MANYDESK_KEY=… mirror <file>\n');
  process.exit(2);
}
// However long the desk is away: there is nothing else to do.
const desk = new Manydesk({ baseUrl: MANYDESK_URL, apiKey: MANYDESK_KEY, retries: Infinity });
const copy = new TicketCopy(path);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
await mirrorTickets(desk, copy, stop.signal);
process.stdout.write(`${copy.tickets.size} tickets, the log read to ${copy.position}\n`);
copy.close();
