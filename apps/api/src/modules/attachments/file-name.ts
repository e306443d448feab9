const LONGEST = 255;
const LONGEST_EXTENSION = 20;
const NAMELESS = 'file';
/** Embeddings and overrides of the text direction: with one of them `exe.gpj` shows as `jpg.exe`. */
const DIRECTION = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * A file name that is only a name: no path, no control characters, nothing that turns the text around, not too long.
 * `file` when nothing is left.
 */
export function cleanFileName(given: string): string {
  const name = given
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(DIRECTION, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\s+/g, ' ')
    .trim();
  if (/^\.*$/.test(name)) return NAMELESS;
  if (name.length <= LONGEST) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  return name.slice(0, LONGEST - extension.length).replace(/[\ud800-\udbff]$/, '') + extension;
}

/** The value of Content-Disposition (RFC 6266) with the name in both of its forms (RFC 8187), none of which can end it. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
