/** A piece of a mail's text: words, or an address that can be followed. */
export interface TextPart {
  text: string;
  href?: string;
}

/** Web and mail addresses; what ends a sentence or closes a bracket is not part of them. */
const address = /https?:\/\/[^\s<>"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const trailing = /[.,;:!?)\]}*_]+$/;

/** Cuts text at its addresses. Only http, https and mailto ever become links. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const raw = match[0];
    const end = trailing.exec(raw)?.[0] ?? '';
    // A bracket that the address itself opened belongs to it (as in many encyclopedia links).
    const keeps = end.startsWith(')') && raw.slice(0, -end.length).includes('(');
    const found = end && !keeps ? raw.slice(0, -end.length) : raw;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, href: found.includes('://') ? found : `mailto:${found}` });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

const quoted = /^\s*>/;
const introduction = /(:|wrote:|schrieb:)\s*$/i;

/**
 * Parts a mail into what was written and the older mail that hangs below it. Only a quote that
 * runs to the end is cut off: one with answers between its lines has to stay readable.
 */
export function splitQuote(body: string): { written: string; quote: string } {
  const lines = body.replaceAll('\r\n', '\n').trimEnd().split('\n');
  let start = lines.length;
  while (start > 0 && (quoted.test(lines[start - 1]!) || lines[start - 1]!.trim() === ''))
    start -= 1;
  if (!lines.slice(start).some((line) => quoted.test(line))) return { written: body, quote: '' };
  // "On Monday, Ada wrote:" may be folded over two lines.
  if (start > 0 && introduction.test(lines[start - 1]!)) {
    start -= 1;
    if (start > 0 && /^(On|Am|Le|El)\b/.test(lines[start - 1]!)) start -= 1;
  }
  const written = lines.slice(0, start).join('\n').trimEnd();
  // Nothing but a quote is the message itself.
  if (written.trim() === '') return { written: body, quote: '' };
  return { written, quote: lines.slice(start).join('\n').trim() };
}
