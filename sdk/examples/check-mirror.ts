import { Manydesk } from '@manydesk/sdk';
import { differencesOf } from './copy-differences.js';
import { TicketCopy } from './ticket-copy.js';

/**
 * Compares the copy that `mirror` keeps with the desk, row by row, and says in what they differ; exit code 1 if they
 * do. `MANYDESK_URL=… MANYDESK_KEY=… check-mirror <file>`, while nobody works at the desk and the mirror has caught up.
 */
const { MANYDESK_URL, MANYDESK_KEY } = process.env;
const [path] = process.argv.slice(2);
if (!MANYDESK_URL || !MANYDESK_KEY || !path) {
  process.stderr.write('Usage: MANYDESK_URL=… MANYDESK_KEY=… check-mirror <file>\n');
  process.exit(2);
}
const desk = new Manydesk({ baseUrl: MANYDESK_URL, apiKey: MANYDESK_KEY });
const copy = new TicketCopy(path);
const differences = await differencesOf(desk, copy);
for (const each of differences) process.stdout.write(`${JSON.stringify(each)}\n`);
const { size } = copy.tickets;
process.stdout.write(
  `${size} tickets at position ${copy.position}: ${differences.length === 0 ? 'equal, row by row' : `${differences.length} differences`}\n`,
);
copy.close();
process.exitCode = differences.length === 0 ? 0 : 1;
