import { BadSetting } from '#core/config/settings.js';
import { print } from './print.js';

/** `organization:export <slug> [file]`. Throws {@link BadSetting} with one sentence. */
export async function exportOrganization(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { ArchiveCommands } = await import('#modules/portability/archive-commands.service.js');
  const slug = process.argv[3] ?? '';
  const path = process.argv[4] ?? `${slug}.tar`;
  const isWritten = await withApplication((app) =>
    inSentences(() => app.get(ArchiveCommands, { strict: false }).export(slug, path, showProgress)),
  );
  if (isWritten === null)
    throw new BadSetting(
      `there is no organization ${JSON.stringify(slug)}: name its slug after the command`,
    );
  print(`${slug} is in ${path}. Keep it as you keep the database: everything is in it.`);
}

/** `organization:import <file>`. Throws {@link BadSetting} with one sentence. */
export async function importOrganization(): Promise<void> {
  const { withApplication } = await import('../command-app.js');
  const { ArchiveCommands } = await import('#modules/portability/archive-commands.service.js');
  const path = process.argv[3];
  if (path === undefined)
    throw new BadSetting(
      'organization:import wants the file of an archive: name it after the command',
    );
  const { organization, rows, files } = await withApplication((app) =>
    inSentences(() => app.get(ArchiveCommands, { strict: false }).import(path, showProgress)),
  );
  print(`${organization.slug} is here, with ${rows} rows and ${files} files.`);
  print(
    'Its people come in by "forgotten password"; keys, webhooks and single sign-on want new secrets.',
  );
}

async function inSentences<T>(work: () => Promise<T>): Promise<T> {
  const { sentenceOf } = await import('#modules/portability/archive-commands.service.js');
  try {
    return await work();
  } catch (error) {
    const sentence = sentenceOf(error);
    throw sentence === null ? error : new BadSetting(sentence);
  }
}

/** On the side, so that what the command says stays what can be read by a program. */
function showProgress(what: string, count: number): void {
  process.stderr.write(`${what}: ${count}\n`);
}
