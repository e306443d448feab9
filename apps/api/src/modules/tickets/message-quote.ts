/** Set on elements that mail programs put around a quoted mail, between cleaning and folding. */
export const QUOTE_MARK = 'data-quote-mark';

/**
 * A box holds the history; a lead announces the quote that follows; from a line on, everything is history, and from
 * a rule on when a mail's header follows it.
 */
type QuoteMark = 'box' | 'lead' | 'line' | 'rule';

const BOX_CLASS =
  /\b(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra)\b/;
const LINE_CLASS = /\b(?:OutlookMessageHeader|ms-outlook-mobile-reference-message)\b/;
const LINE_ID = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/;
/** Word draws this line above the header of the mail that it quotes. */
const OUTLOOK_RULE = /border:\s*none;\s*border-top:\s*solid/i;

const FORWARDED =
  /^[\s-]*(?:begin forwarded message|forwarded message|weitergeleitete nachricht|message transféré)/i;
const HEADER = /^\W*(?:from|von|de|da|van|من)\s?:/i;
const ATTRIBUTION =
  /^(?:on|am|le|el|il|op|في)\s[^]{6,390}?(?:wrote|a écrit|escribió|ha scritto|schrieb|schreef|كتب)[^]{0,100}:$/i;
const LONGEST_ATTRIBUTION = 400;

/** Characters that tell what a text begins with, or announces. */
const LOOKED_AT = 1_000;
const BREAK = '<br />';

const VOID = new Set(['br', 'hr', 'img', 'col', 'wbr']);
const BLOCKS = new Set(['div', 'p', 'span']);

/** What an element of a mail as it came says of quoting; null for most. */
export function quoteMarkOf(tag: string, attributes: Record<string, string>): QuoteMark | null {
  const { class: classes = '', id = '', type = '', style = '' } = attributes;
  if (BOX_CLASS.test(classes)) return 'box';
  if (tag === 'blockquote' && type.toLowerCase() === 'cite') return 'box';
  if (classes.includes('moz-cite-prefix')) return 'lead';
  if (LINE_ID.test(id) || LINE_CLASS.test(classes)) return 'line';
  return tag === 'div' && OUTLOOK_RULE.test(style) ? 'rule' : null;
}

/**
 * Cuts clean HTML (as the cleaner writes it: balanced, values in quotes) where the quoted history begins, when
 * `folded`, and takes the marks away. Conservative: only history that nothing follows is folded; answers between
 * quotes, a forwarded mail, and a mail that would be empty without its quote stay whole.
 */
export function foldQuote(
  html: string,
  folded: boolean,
): { visible: string; quote: string | null } {
  const cut = folded ? new QuoteFinder(html).find() : null;
  if (cut === null) return { visible: unmarked(html), quote: null };
  const around = [...cut.around];
  let visible = withoutBlankEnd(html.slice(0, cut.start));
  // What began right before it would stay behind as an empty line.
  while (around.length > 0 && visible.endsWith(around.at(-1)!.open))
    visible = withoutBlankEnd(visible.slice(0, -around.pop()!.open.length));
  const closing = around.map(({ name }) => `</${name}>`).reverse();
  const opening = cut.around.map(({ open }) => open);
  return {
    visible: unmarked(visible + closing.join('')),
    quote: unmarked(opening.join('') + html.slice(cut.start)),
  };
}

function withoutBlankEnd(html: string): string {
  let end = html;
  for (;;) {
    // Not by one expression: that one is tried anew at every blank of the whole.
    const before = end.trimEnd();
    const kept = before.endsWith(BREAK) ? before.slice(0, -BREAK.length) : before;
    if (kept.length === end.length) return end;
    end = kept;
  }
}

function unmarked(html: string): string {
  return html.replace(/<[a-z][^>]*>/g, (tag) => tag.replace(/ data-quote-mark="[a-z]+"/, ''));
}

/** Where the history may begin. */
interface Cut {
  start: number;
  /** The elements that it stands in. */
  around: Element[];
  /** How much was said before it, and when it ended. */
  saidBefore: number;
  saidAfter: number;
  mark: 'quote' | 'line' | 'rule';
}

interface Element {
  name: string;
  open: string;
  start: number;
  mark: QuoteMark | null;
  /** How much had been said when it began. */
  saidBefore: number;
  /** The cut that ends with it. */
  cut: Cut | null;
  /** For a box: a quote in it has ended, so what is said there from now on is an answer. */
  isQuoted: boolean;
}

/** A block that has ended. What is said next to it decides whether it announced a quote. */
type Ended = Element & { around: Element[]; announces: boolean };

class QuoteFinder {
  readonly #stack: Element[] = [];
  readonly #cuts: Cut[] = [];
  /** The blocks that ended right here, the outermost last. */
  #ended: Ended[] = [];
  #endedAt = -1;
  #quoteDepth = 0;
  /**
   * What was said so far, a picture is a star: in pieces, the end of it, its length, and where its last word ends. One
   * text would be copied as a whole whenever a block of it is looked at.
   */
  readonly #pieces: string[] = [];
  #tail = '';
  #length = 0;
  #wordsEnd = 0;

  constructor(private readonly html: string) {}

  find(): Cut | null {
    let at = 0;
    for (const match of this.html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      this.#say(this.html.slice(at, match.index));
      at = match.index + match[0].length;
      const [open, slash, name = '', attributes = ''] = match;
      if (name === 'img') this.#say('*');
      else if (VOID.has(name)) continue;
      else if (slash === '/') this.#end();
      else this.#begin(name, open, match.index, markIn(attributes));
    }
    this.#say(this.html.slice(at));
    return this.#choose();
  }

  #say(text: string): void {
    const said = text.replace(/(?:\s|&nbsp;|\u00a0)+/g, ' ');
    this.#pieces.push(said);
    this.#tail = (this.#tail + said).slice(-LOOKED_AT);
    this.#length += said.length;
    if (said.trim() === '') return;
    this.#wordsEnd = this.#length;
    if (this.#quoteDepth > 0) return;
    for (const { cut, isQuoted } of this.#stack) if (cut && isQuoted) cut.saidAfter = -1;
  }

  #begin(name: string, open: string, start: number, mark: QuoteMark | null): void {
    const saidBefore = this.#length;
    const lead = name === 'blockquote' ? this.#lead() : null;
    let cut: Cut | null = null;
    if (lead || (mark !== null && mark !== 'lead')) {
      cut = {
        start: lead?.start ?? start,
        around: lead?.around ?? [...this.#stack],
        saidBefore: lead?.saidBefore ?? saidBefore,
        saidAfter: 0,
        mark: mark === 'line' || mark === 'rule' ? mark : 'quote',
      };
      this.#cuts.push(cut);
    }
    this.#stack.push({ name, open, start, mark, saidBefore, cut, isQuoted: false });
    if (name === 'blockquote') this.#quoteDepth += 1;
  }

  /** What announces the quote that begins here ("On Monday Ann wrote:"), to be folded with it. */
  #lead(): Ended | null {
    return (
      (this.#isBlankSince(this.#endedAt) && this.#ended.findLast(({ announces }) => announces)) ||
      null
    );
  }

  #end(): void {
    const element = this.#stack.pop();
    if (!element) return;
    const { name, cut } = element;
    if (cut && cut.saidAfter === 0) cut.saidAfter = this.#length;
    if (name === 'blockquote') {
      this.#quoteDepth -= 1;
      if (this.#quoteDepth === 0) for (const box of this.#stack) box.isQuoted = true;
    }
    if (BLOCKS.has(name)) this.#remember(element);
  }

  #remember(element: Element): void {
    if (this.#isBlankSince(element.saidBefore)) return;
    if (!this.#isBlankSince(this.#endedAt)) this.#ended = [];
    this.#endedAt = this.#length;
    const announces = element.mark === 'lead' || this.#isAttribution(element.saidBefore);
    this.#ended.push({ ...element, around: [...this.#stack], announces });
  }

  #isBlankSince(place: number): boolean {
    return this.#wordsEnd <= place;
  }

  /** Whether what was said from `place` on announces a quote. */
  #isAttribution(place: number): boolean {
    const length = this.#length - place;
    if (length > LOOKED_AT) return false;
    const said = this.#tail.slice(-length).trim();
    return said.length <= LONGEST_ATTRIBUTION && ATTRIBUTION.test(said);
  }

  #choose(): Cut | null {
    const said = this.#pieces.join('');
    const begin = said.search(/\S/);
    for (const cut of this.#cuts) {
      const rest = said.slice(cut.saidBefore, cut.saidBefore + LOOKED_AT);
      if (FORWARDED.test(rest)) return null;
      if (begin < 0 || cut.saidBefore <= begin) continue;
      if (cut.mark === 'line' || (cut.mark === 'rule' && HEADER.test(rest))) return cut;
      if (cut.mark === 'quote' && cut.saidAfter > 0 && this.#isBlankSince(cut.saidAfter))
        return cut;
    }
    return null;
  }
}

function markIn(attributes: string): QuoteMark | null {
  const found = / data-quote-mark="(box|lead|line|rule)"/.exec(attributes);
  return (found?.[1] as QuoteMark | undefined) ?? null;
}
