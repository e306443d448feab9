/** A text in two parts; `visible + quoted` is the text, to the character. */
export interface SplitReply {
  /** What the author wrote. */
  readonly visible: string;
  /** The history below it, folded away in the dashboard; empty when there is none. */
  readonly quoted: string;
}

/** Lines are looked at up to here, so that a hostile text costs no more than a long one. */
const maxLineLength = 1_000;
const maxAttributionLength = 400;

const replyMarker = /\b(?:reply|type your reply|respond) above this line\b/i;
const originalMessage =
  /^[-_]{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)\s*[-_]{2,}$/i;
const forwardedMessage =
  /^-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré)/i;
const attributionStart = /^(?:on|am|le|el|il|op)\s/i;
const attributionEnd =
  /\s(?:(?:wrote|a écrit|escribió|ha scritto)|(?:schrieb|schreef)\s[^:]{1,100})\s?:$/i;
const headerFrom = /^\*?(?:from|von|de|da|van)\s?:\*?\s/i;
const headerSent = /^\*?(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden)\s?:\*?\s/i;
const headerTo =
  /^\*?(?:to|an|à|para|a|aan|subject|betreff|objet|asunto|oggetto|onderwerp)\s?:\*?\s/i;

/**
 * Finds where the quoted history begins. Conservative: it cuts only where everything that follows is
 * history, so an answer written between or below the quoted lines, a forwarded mail, and a text that
 * would be empty otherwise stay visible as a whole.
 */
export function visibleReply(text: string): SplitReply {
  const lines = text.split('\n');
  const shown = lines.map((line) => line.slice(0, maxLineLength).trim());
  const quoteStart = trailingQuoteStart(shown);
  const cut = shown.findIndex(
    (line, at) =>
      replyMarker.test(line) ||
      originalMessage.test(line) ||
      isMailHeader(shown, at) ||
      introducesBareQuote(shown, at) ||
      (at === quoteStart && line !== ''),
  );
  const start = cut < 0 ? -1 : withAttribution(shown, cut);
  const isAllQuoted = shown.slice(0, Math.max(start, 0)).every((line) => line === '');
  if (start < 0 || isAllQuoted) {
    return { visible: text, quoted: '' };
  }
  const visible = lines.slice(0, start).join('\n') + '\n';
  return { visible, quoted: text.slice(visible.length) };
}

/** The first line of the run of `>` and blank lines with which the text ends, or -1. */
function trailingQuoteStart(lines: readonly string[]): number {
  let start = -1;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('>')) {
      start = at;
    } else if (line !== '') {
      break;
    }
  }
  return start;
}

/** The header block that Outlook puts above a quoted mail: From, then Sent, then To or Subject. */
function isMailHeader(lines: readonly string[], at: number): boolean {
  if (!headerFrom.test(lines[at] ?? '')) {
    return false;
  }
  const isForwarded = lines
    .slice(Math.max(at - 2, 0), at)
    .some((line) => forwardedMessage.test(line));
  const next = lines.slice(at + 1, at + 6);
  return (
    !isForwarded &&
    next.some((line) => headerSent.test(line)) &&
    next.some((line) => headerTo.test(line))
  );
}

/** Moves the cut above the attribution, or the rule, that introduces the quote. */
function withAttribution(lines: readonly string[], cut: number): number {
  let last = cut - 1;
  while (last >= 0 && lines[last] === '') {
    last -= 1;
  }
  for (let first = last; first > last - 3 && first >= 0; first -= 1) {
    if (isAttribution(lines.slice(first, last + 1))) {
      return first;
    }
  }
  return /^_{5,}$/.test(lines[last] ?? '') ? last : cut;
}

/**
 * An attribution (of up to three lines) that names a date and an address, above a quote without
 * `>`. Where `>` follows, the run of quoted lines decides, since answers may stand below it.
 */
function introducesBareQuote(lines: readonly string[], at: number): boolean {
  for (let end = at + 1; end <= at + 3; end += 1) {
    const candidate = lines.slice(at, end);
    if (isAttribution(candidate)) {
      const next = lines.slice(end).find((line) => line !== '');
      return /\d.*@/.test(candidate.join(' ')) && next !== undefined && !next.startsWith('>');
    }
  }
  return false;
}

function isAttribution(lines: readonly string[]): boolean {
  const joined = lines.join(' ');
  return (
    joined.length <= maxAttributionLength &&
    attributionStart.test(joined) &&
    attributionEnd.test(joined)
  );
}
