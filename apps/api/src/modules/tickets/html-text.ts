import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements that end the line before and after them; the ones with a blank line around them. */
const blocks = new Set(
  'address article aside center dd div dl dt fieldset footer form header hr li main nav section tr'.split(
    ' ',
  ),
);
const paragraphs = new Set('blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));
const unseen = new Set(['script', 'style', 'title']);

/** Quotes nested deeper than this are shown at this depth, so that marks cannot outgrow the text. */
const maxQuoteDepth = 10;
const maxLinkLength = 2_000;

/**
 * The text of HTML: lines as the author made them, `> ` before quotes, links after their text, no
 * pictures. It reads tag by tag and builds no tree: a stranger's HTML may be nested a hundred
 * thousand deep, and converters that build one need minutes for it (measured).
 */
export function htmlToText(html: string): string {
  const writer = new HtmlTextWriter(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, writer);
  tokenizer.write(html);
  tokenizer.end();
  return writer.text();
}

class HtmlTextWriter implements TokenizerCallbacks {
  private readonly lines: string[] = [];
  private line: string[] = [];
  private endsInSpace = false;
  private blankBefore = false;
  private quoteDepth = 0;
  private lastDepth = 0;
  private preDepth = 0;
  private tag = '';
  private attribute = '';
  private value: string[] = [];
  /** The address of the open link and where its text began in the line. */
  private link: { readonly href: string; readonly start: number } | null = null;
  private unseenTag: string | null = null;

  constructor(private readonly html: string) {}

  text(): string {
    this.endLine();
    return this.lines.join('\n');
  }

  ontext(start: number, end: number): void {
    this.write(this.html.slice(start, end));
  }

  ontextentity(codepoint: number): void {
    this.write(String.fromCodePoint(codepoint));
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.nameAt(start, end);
    if (this.unseenTag !== null) {
      return;
    }
    if (unseen.has(this.tag)) {
      this.unseenTag = this.tag;
    } else if (this.tag === 'br') {
      this.breakLine();
    } else {
      this.openBlock(this.tag);
    }
  }

  onclosetag(start: number, end: number): void {
    const tag = this.nameAt(start, end);
    if (this.unseenTag !== null) {
      this.unseenTag = this.unseenTag === tag ? null : this.unseenTag;
    } else if (tag === 'a') {
      this.closeLink();
    } else {
      this.closeBlock(tag);
    }
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.tag === 'a' ? this.nameAt(start, end) : '';
    this.value = [];
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute === 'href') {
      this.value.push(this.html.slice(start, end));
    }
  }

  onattribentity(codepoint: number): void {
    this.value.push(String.fromCodePoint(codepoint));
  }

  onattribend(): void {
    const href = this.value.join('').trim();
    if (this.attribute === 'href' && /^(?:https?|mailto):/i.test(href)) {
      this.link = href.length > maxLinkLength ? null : { href, start: this.line.length };
    }
  }

  oncdata(start: number, end: number): void {
    this.write(this.html.slice(start, end));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}

  private openBlock(tag: string): void {
    if (tag === 'td' || tag === 'th') {
      this.write(' ');
      return;
    }
    this.separate(tag);
    if (tag === 'li') {
      this.write('- ');
    } else if (tag === 'pre') {
      this.preDepth += 1;
    } else if (tag === 'blockquote') {
      this.quoteDepth += 1;
    }
  }

  private closeBlock(tag: string): void {
    this.separate(tag);
    if (tag === 'pre') {
      this.preDepth = Math.max(this.preDepth - 1, 0);
    } else if (tag === 'blockquote') {
      this.quoteDepth = Math.max(this.quoteDepth - 1, 0);
    }
  }

  private separate(tag: string): void {
    if (blocks.has(tag) || paragraphs.has(tag)) {
      this.endLine();
      this.blankBefore ||= paragraphs.has(tag);
    }
  }

  /** Shows where a link leads, unless its text says so already. */
  private closeLink(): void {
    if (this.link !== null) {
      const { href, start } = this.link;
      const shown = this.line.slice(start).join('').trim();
      if (shown !== '' && !href.endsWith(shown) && !shown.startsWith(href)) {
        this.write(` [${href}]`);
      }
      this.link = null;
    }
  }

  private write(text: string): void {
    if (this.unseenTag !== null) {
      return;
    }
    if (this.preDepth > 0) {
      const [first = '', ...rest] = text.split('\n');
      this.line.push(first);
      for (const line of rest) {
        this.breakLine();
        this.line.push(line);
      }
      return;
    }
    const folded = text.replace(/\s+/g, ' ');
    const piece = this.endsInSpace || this.line.length === 0 ? folded.trimStart() : folded;
    if (piece !== '') {
      this.line.push(piece);
      this.endsInSpace = piece.endsWith(' ');
    }
  }

  private breakLine(): void {
    if (this.line.length === 0) {
      this.blankBefore = true;
    }
    this.endLine();
  }

  private endLine(): void {
    const text = this.line.join('').trimEnd();
    this.line = [];
    this.endsInSpace = false;
    this.link = this.link && { ...this.link, start: 0 };
    if (text === '') {
      return;
    }
    const depth = Math.min(this.quoteDepth, maxQuoteDepth);
    if (this.blankBefore && this.lines.length > 0) {
      this.lines.push('> '.repeat(Math.min(depth, this.lastDepth)).trimEnd());
    }
    this.lines.push('> '.repeat(depth) + text);
    this.lastDepth = depth;
    this.blankBefore = false;
  }

  private nameAt(start: number, end: number): string {
    return this.html.slice(start, Math.min(end, start + 20)).toLowerCase();
  }
}
