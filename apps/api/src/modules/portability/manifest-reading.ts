import { z } from 'zod';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  LARGEST_MANIFEST,
  MANIFEST,
  type Manifest,
} from './archive-manifest.js';
import { ArchiveRefused } from './archive.exceptions.js';
import type { TarEntry } from './tar-reading.js';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const sha256 = z.string().regex(/^[\da-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z\d_]{0,62}$/);
const table = z.strictObject({
  ...{ name, sha256, rows: count, bytes: count },
  columns: z.array(name).min(1).max(500),
});
const manifest = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.literal(ARCHIVE_VERSION),
  organization: z.strictObject({
    id: z.uuid().lowercase(),
    slug: z.string().min(1).max(100),
    name: z.string().min(1).max(200),
  }),
  log: z.strictObject({ seq: count, hash: sha256 }),
  tables: z.array(table).max(1_000),
  files: z.strictObject({ count, bytes: count }),
  leftOut: z.record(z.string(), z.string()),
  changed: z.record(z.string(), z.string()),
});

/** The manifest of an archive, which is its first file. Throws {@link ArchiveRefused}. */
export async function readManifest(entry: TarEntry): Promise<Manifest> {
  if (entry.name !== MANIFEST || entry.size > LARGEST_MANIFEST)
    throw new ArchiveRefused(
      'The first file is no manifest.json: this is not an archive of an organization.',
    );
  const parts: Buffer[] = [];
  for await (const part of entry.content) parts.push(part);
  const said = parsed(Buffer.concat(parts).toString('utf8'));
  const { format, version } = (said ?? {}) as Record<string, unknown>;
  if (format === ARCHIVE_FORMAT && Number.isInteger(version) && version !== ARCHIVE_VERSION)
    throw new ArchiveRefused(
      `The archive is of format version ${String(version)}, and this desk reads version ${ARCHIVE_VERSION}: import it with the release that wrote it, or a newer one.`,
    );
  const read = manifest.safeParse(said);
  if (!read.success)
    throw new ArchiveRefused(
      `The manifest is not one: ${read.error.issues[0]!.path.join('.') || 'it'} is not what it has to be.`,
    );
  const twice = duplicateOf(read.data.tables.map(({ name: each }) => each));
  if (twice !== undefined) throw new ArchiveRefused(`The manifest names the table ${twice} twice.`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ArchiveRefused('The manifest is not JSON.');
  }
}

function duplicateOf(names: readonly string[]): string | undefined {
  return names.find((each, at) => names.indexOf(each) !== at);
}
