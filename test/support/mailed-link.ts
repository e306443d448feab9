import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { eventually } from './jobs.js';

/** The token of the link that a desk in a process of its own, without a mail server, has mailed to `to`. */
export function mailedToken(dataDir: string, to: string): Promise<string> {
  return eventually(`a mail with a link to ${to}`, async () => {
    for (const mail of mailsIn(join(dataDir, 'outbox', 'notices'))) {
      const { text, to: recipients } = await simpleParser(mail);
      const token = /[?&]token=([\w-]+)/.exec(text ?? '')?.[1];
      if (token && JSON.stringify(recipients).includes(to)) return token;
    }
    return undefined;
  });
}

function mailsIn(folder: string): Buffer[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.eml'));
    return files.map((file) => readFileSync(join(folder, file)));
  } catch (error) {
    // No mail yet, no folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
