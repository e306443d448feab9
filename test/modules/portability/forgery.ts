import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { partsOf, tarOf, type Part } from './desk.js';

/** Archives that were made of a good one by somebody who means no good. */
export type Forgery = [what: string, make: () => Buffer, sentence: RegExp];

/** Makes forgeries of the archive `good`. */
export async function forgeriesOf(good: string) {
  const parts = await partsOf(good);
  const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

  /** A copy of the good archive after `change`, with a manifest that is true of it. */
  function changed(change: (parts: Part[], manifest: any) => void): Buffer {
    const copy = parts.map(({ name, content }) => ({ name, content: Buffer.from(content) }));
    const manifest = JSON.parse(copy[0]!.content.toString());
    change(copy, manifest);
    for (const { name, content } of copy) {
      const table = manifest.tables.find((each: any) => name === `tables/${each.name}.jsonl`);
      if (!table || table.isLeftAlone) continue;
      table.sha256 = sha256(content);
      table.bytes = content.length;
      table.rows = content.toString('latin1').split('\n').length - 1;
    }
    for (const table of manifest.tables) delete table.isLeftAlone;
    copy[0]!.content = Buffer.from(JSON.stringify(manifest));
    return tarOf(copy);
  }

  /** The good archive with another text in a table. */
  function rewritten(table: string, rewrite: (text: string) => string): Buffer {
    return changed((copy) => {
      const part = copy.find(({ name }) => name === `tables/${table}.jsonl`)!;
      part.content = Buffer.from(rewrite(part.content.toString()));
    });
  }

  const renamed = (from: string, to: string): Buffer =>
    changed((copy) => {
      copy.find(({ name }) => name.startsWith(from))!.name = to;
    });

  /** The good archive with another type in the header of its first table. */
  function typed(type: string): Buffer {
    return headed(1, (header) => header.write(type, 156));
  }

  /** The same with another size in that of the part `at`, as GNU tar writes large ones. */
  function sized(at: number, size: bigint): Buffer {
    return headed(at, (header) => {
      header.fill(0, 124, 136);
      header.writeUInt8(0x80, 124);
      header.writeBigUInt64BE(size, 128);
    });
  }

  /** The good archive with a changed header before the part `at`, whose sum is right. */
  function headed(at: number, change: (header: Buffer) => void): Buffer {
    const tar = Buffer.from(readFileSync(good));
    let start = 0;
    for (const { content } of parts.slice(0, at))
      start += 512 + Math.ceil(content.length / 512) * 512;
    const header = tar.subarray(start, start + 512);
    change(header);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return tar;
  }
  return { parts, changed, rewritten, renamed, typed, sized };
}
