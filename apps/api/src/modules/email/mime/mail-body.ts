import { Readable } from 'node:stream';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import { clip, cleanLine, cleanText } from './clean-text.js';
import { fieldText, type HeaderBlock } from './header-block.js';
import { MessageHtml } from '#modules/tickets/message-html.service.js';
import type { MailLimits } from './mail-limits.js';

/** A part that is no text to be shown. */
export interface MailAttachment {
  readonly fileName: string | null;
  /** As the mail claims. */
  readonly contentType: string;
  /** Bytes after decoding. */
  readonly size: number;
  readonly sha256: string;
  readonly content: Uint8Array;
  /** What `cid:` in the HTML names it by (RFC 2392), without angle brackets; null for most. */
  readonly contentId: string | null;
  /** Whether the HTML shows it in its place. */
  readonly inline: boolean;
}

/** Why the body was not read completely. The raw mail still holds all of it. */
export type BodyProblem = 'too_complex' | 'too_slow' | 'unreadable' | 'text_cut';

export interface MailBody {
  /** All of it, the quoted history too. */
  readonly text: string;
  /** The same as safe HTML, without the history below it; null when there is no HTML to show. */
  readonly html: string | null;
  /** The history that was below `html`, as safe HTML; null when there is none. */
  readonly htmlQuote: string | null;
  readonly attachments: readonly MailAttachment[];
  readonly problem: BodyProblem | null;
}

const marks: Record<BodyProblem, string> = {
  too_complex: '[This e-mail is too complex to be shown. The original is kept.]',
  too_slow: '[This e-mail is too complex to be shown. The original is kept.]',
  unreadable: '[This e-mail could not be read completely. The original is kept.]',
  text_cut: '[This e-mail is longer than can be shown. The original is kept.]',
};

const HTML = new MessageHtml();

/** The slices in which the body is fed, so that a timer can stop the parser between two of them. */
const sliceBytes = 64 * 1024;

/**
 * Reads the text and lists the attachments. Never throws: what cannot be read leaves a mark in the
 * text and a problem, so that the mail still becomes a message that somebody looks at.
 */
export async function readMailBody(block: HeaderBlock, limits: MailLimits): Promise<MailBody> {
  const { tree, attachments, problem } = await parse(block, limits);
  if (problem !== null) {
    return { text: marks[problem], ...NO_HTML, attachments, problem };
  }
  const text = cleanText(new BodyText(limits).of(tree));
  const html = new BodyHtml(limits).of(tree);
  const shown = html === null ? NO_HTML : htmlOf(html);
  const inHtml = `${shown.html ?? ''}${shown.htmlQuote ?? ''}`;
  const placed = attachments.map((file) => ({ ...file, inline: isShownIn(inHtml, file) }));
  if (text.length <= limits.textCharacters) {
    return { text, ...shown, attachments: placed, problem: null };
  }
  const mark = `\n\n${marks.text_cut}`;
  const cut = clip(text, limits.textCharacters - mark.length).trimEnd();
  return { text: cut + mark, ...shown, attachments: placed, problem: 'text_cut' };
}

/** The body of a mail that is not looked into, because reading it took too long. */
export function unreadBody(): MailBody {
  return { text: marks.too_slow, ...NO_HTML, attachments: [], problem: 'too_slow' };
}

const NO_HTML = { html: null, htmlQuote: null };

/** Cleaned here, where a large mail has a thread of its own. */
function htmlOf(source: string): Pick<MailBody, 'html' | 'htmlQuote'> {
  const { html, quote } = HTML.clean(source, { folded: true });
  return html === '' ? NO_HTML : { html, htmlQuote: quote };
}

function isShownIn(html: string, { contentId }: MailAttachment): boolean {
  return contentId !== null && html.includes(`src="cid:${contentId.replaceAll('&', '&amp;')}"`);
}

/** A node of mailparser's tree, which its types do not list; the text of each readable part. */
interface PartNode {
  readonly contentType?: string | false;
  readonly textContent?: string;
  readonly children?: readonly PartNode[];
}

/**
 * Puts the text of the parts together. mailparser's own way is not used: it leaves out the HTML of
 * multiparts that have no plain text, and converts without a bound where they have.
 */
class BodyText {
  private htmlLeft: number;

  constructor(private readonly limits: MailLimits) {
    this.htmlLeft = limits.htmlCharacters;
  }

  of(node: PartNode): string {
    const own = this.ownText(node);
    const children = node.children ?? [];
    if (node.contentType === 'multipart/alternative') {
      // RFC 2046 5.1.4: the plainest comes first. A blank one (some programs send it) says nothing.
      return children.reduce((text, child) => (text.trim() === '' ? this.of(child) : text), own);
    }
    const texts = [own, ...children.map((child) => this.of(child))];
    return texts.filter((text) => text !== '').join('\n');
  }

  private ownText(node: PartNode): string {
    const content = node.textContent ?? '';
    if (node.contentType !== 'text/html') {
      // Twice the limit, so that what cleaning removes does not make a short text of a long one.
      return clip(content, this.limits.textCharacters * 2);
    }
    const html = clip(content, this.htmlLeft);
    this.htmlLeft -= html.length;
    const cut = html.length < content.length ? `\n\n${marks.text_cut}` : '';
    return HTML.textOf(html) + cut;
  }
}

/** Puts the HTML of the parts together, with the plain parts between them. */
class BodyHtml {
  private left: number;

  constructor(limits: MailLimits) {
    this.left = limits.htmlCharacters;
  }

  /** Null when no part is HTML. */
  of(node: PartNode): string | null {
    const { contentType, textContent = '', children = [] } = node;
    if (contentType === 'text/html') return this.take(textContent);
    // RFC 2046 5.1.4: the richest comes last.
    if (contentType === 'multipart/alternative')
      return children.reduceRight<string | null>((html, child) => html ?? this.of(child), null);
    const parts = children.map((child) => this.of(child));
    if (parts.every((part) => part === null)) return null;
    return parts.map((part, at) => part ?? this.plain(children[at]!)).join('\n');
  }

  private plain({ textContent = '', children = [] }: PartNode): string {
    const inner: string = children.map((child) => this.plain(child)).join('');
    if (textContent.trim() === '') return inner;
    const lines = this.take(textContent).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return `<div>${lines.replace(/\r?\n/g, '<br>')}</div>${inner}`;
  }

  private take(text: string): string {
    const taken = clip(text, Math.max(this.left, 0));
    this.left -= taken.length;
    return taken;
  }
}

interface Parsed {
  readonly tree: PartNode;
  readonly attachments: MailAttachment[];
  readonly problem: BodyProblem | null;
}

function parse(block: HeaderBlock, limits: MailLimits): Promise<Parsed> {
  const options = {
    checksumAlgo: 'sha256',
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    // Options of the splitter inside mailparser, which its types do not list.
    maxHeadSize: limits.partHeaderBytes,
    maxChildNodes: limits.parts,
  };
  return new Promise((resolve) => {
    const attachments: MailAttachment[] = [];
    const parser: MailParser & { tree?: PartNode | false } = new MailParser(options);
    const source = Readable.from(slices(block));
    const finish = (problem: BodyProblem | null) => {
      clearTimeout(timer);
      source.destroy();
      parser.destroy();
      resolve({ tree: parser.tree || {}, attachments, problem });
    };
    const timer = setTimeout(() => finish('too_slow'), limits.milliseconds);
    parser.on('error', (error: NodeJS.ErrnoException) =>
      finish(error.code === 'EMAXLEN' ? 'too_complex' : 'unreadable'),
    );
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'text') {
        return;
      }
      const content = part.content as Readable;
      content.on('error', () => finish('unreadable'));
      const chunks: Buffer[] = [];
      content.on('data', (chunk: Buffer) => chunks.push(chunk));
      content.on('end', () => {
        attachments.push(describe(part, Buffer.concat(chunks), limits));
        part.release();
      });
    });
    parser.on('end', () => finish(null));
    source.pipe(parser);
  });
}

/** Only the fields that say how to read the body, then the body itself. */
function* slices(block: HeaderBlock): Generator<Buffer> {
  for (const name of ['Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition']) {
    const value = block.fields.get(name.toLowerCase())?.[0];
    if (value) {
      yield Buffer.from(`${name}: ${fieldText(value, 2_000)}\r\n`);
    }
  }
  yield Buffer.from('\r\n');
  for (let at = 0; at < block.body.length; at += sliceBytes) {
    yield block.body.subarray(at, at + sliceBytes);
  }
}

function describe(part: AttachmentStream, content: Buffer, limits: MailLimits): MailAttachment {
  const contentType = part.contentType?.toLowerCase() ?? '';
  // Without separators: a file name is only ever shown or offered for download.
  const fileName = cleanLine(part.filename ?? '', limits.fileNameCharacters).replace(/[/\\]/g, '_');
  return {
    fileName: fileName === '' ? null : fileName,
    contentType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(contentType)
      ? contentType
      : 'application/octet-stream',
    size: part.size,
    sha256: part.checksum,
    content,
    contentId: /^[^\s"'<>]{1,300}$/.test(part.cid ?? '') ? part.cid! : null,
    inline: false,
  };
}
