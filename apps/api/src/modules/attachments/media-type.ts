import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

const UNKNOWN = 'application/octet-stream';
/** The longest character of UTF-8: the head may end in the middle of one. */
const LONGEST_CHARACTER = 4;

/** What a browser shows without running anything of it: pictures of dots. SVG is a document with scripts. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * What a file is by its first bytes, whatever it was called. Nothing is unpacked beyond them, so an archive that is
 * built to burst does not.
 */
export async function mediaTypeOf(head: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found) return found.mime;
  return isText(head) ? 'text/plain' : UNKNOWN;
}

/** Whether a browser may show it inside a page. */
export function isShownInline(mediaType: string): boolean {
  return SHOWN.has(mediaType);
}

function isText(head: Buffer): boolean {
  if (head.length === 0 || head.includes(0)) return false;
  for (let cut = 0; cut < LONGEST_CHARACTER && cut < head.length; cut += 1)
    if (isUtf8(head.subarray(0, head.length - cut))) return true;
  return false;
}
