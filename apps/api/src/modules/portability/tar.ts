/** Bytes of a block: headers are one, contents are filled up to whole ones (POSIX.1-1988, ustar). */
export const BLOCK = 512;
const LONGEST_NAME = 100;
/** What eleven octal digits hold. Larger sizes are written in base 256, as GNU tar and all readers of today know it. */
const MOST_IN_OCTAL = 8 ** 11 - 1;
const SIZE_AT = 124;
const SIZE_BYTES = 12;
const SUM_AT = 148;
const SUM_BYTES = 8;
const TYPE_AT = 156;
const MAGIC_AT = 257;
const MAGIC = 'ustar';
const REGULAR = '0'.charCodeAt(0);

/** A file in a tar. */
export interface TarHeader {
  name: string;
  size: number;
}

/** A tar cannot be read, or has in it what an archive of ours has not. The message says what. */
export class UnreadableTar extends Error {
  override readonly name = 'UnreadableTar';
}

/** The block before a file. The same name and size give the same bytes: no time, no owner. */
export function tarHeader({ name, size }: TarHeader): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`${name} is too long for a tar`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  writeSize(block, size);
  block.write('00000000000\0', 136);
  block.writeUInt8(REGULAR, TYPE_AT);
  block.write(`${MAGIC}\0`, MAGIC_AT);
  block.write('00', MAGIC_AT + 6);
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, SUM_AT);
  return block;
}

/** What fills the content of a file up to a whole block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** What a tar ends with. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

/**
 * The file that a block is the header of, or null for a block of zeros, which ends a tar. Takes plain files alone, so
 * that there is nothing to follow and nothing to be told a second name of. Throws {@link UnreadableTar}.
 */
export function readTarHeader(block: Buffer): TarHeader | null {
  if (block.every((byte) => byte === 0)) return null;
  const sum = Number.parseInt(textAt(block, SUM_AT, SUM_BYTES), 8);
  if (textAt(block, MAGIC_AT, 5) !== MAGIC || sum !== sumOf(block))
    throw new UnreadableTar('it is no tar, or damaged: the header of a file is not one');
  const name = textAt(block, 0, LONGEST_NAME);
  const shown = JSON.stringify(name.slice(0, LONGEST_NAME));
  if (block[TYPE_AT] !== REGULAR)
    throw new UnreadableTar(`${shown} is no plain file: links, folders and the like are not taken`);
  return { name, size: readSize(block, shown) };
}

function writeSize(block: Buffer, size: number): void {
  if (size <= MOST_IN_OCTAL) {
    block.write(`${size.toString(8).padStart(11, '0')}\0`, SIZE_AT);
    return;
  }
  block.writeUInt8(0x80, SIZE_AT);
  block.writeBigUInt64BE(BigInt(size), SIZE_AT + 4);
}

function readSize(block: Buffer, shown: string): number {
  const isBinary = block[SIZE_AT] === 0x80;
  const digits = textAt(block, SIZE_AT, SIZE_BYTES).trim();
  if (!isBinary && !/^[0-7]{1,11}$/.test(digits))
    throw new UnreadableTar(`the size of ${shown} is not a number`);
  const size = isBinary ? Number(block.readBigUInt64BE(SIZE_AT + 4)) : Number.parseInt(digits, 8);
  if (!Number.isSafeInteger(size)) throw new UnreadableTar(`the size of ${shown} cannot be`);
  return size;
}

/** The sum of the bytes, with that of the sum itself taken for spaces. */
function sumOf(block: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1)
    sum += at >= SUM_AT && at < SUM_AT + SUM_BYTES ? 0x20 : block[at]!;
  return sum;
}

function textAt(block: Buffer, start: number, length: number): string {
  const bytes = block.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? length : end);
}
