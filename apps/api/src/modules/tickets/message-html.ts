import sanitize from 'sanitize-html';
import { htmlToText } from './html-text.js';
import { foldQuote, QUOTE_MARK, quoteMarkOf } from './message-quote.js';

/** HTML that is safe to show, and what it says. */
export interface CleanHtml {
  /** Empty when nothing is left to show, or when it was built to be expensive: show `text` then. */
  html: string;
  /** What `html` says, as lines of text; of the whole when `html` is empty. */
  text: string;
  /** The history below what the author wrote, safe HTML too; null when there is none or it was not to be folded. */
  quote: string | null;
}

/** Characters of HTML that are looked at. */
const MOST_HTML = 1_000_000;
/** Elements that may stand inside each other; what is deeper keeps its text. Browsers stop at 512. */
const DEEPEST = 200;
/** Open elements past which a document is not a letter: each stray end tag is looked for among all of them. */
const MOST_OPEN = 512;
const LONGEST_STYLE = 2_000;
const LONGEST_URL = 4_000;

const WEB = /^https?:\/\//i;
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
const PICTURE_IN_MAIL = /^cid:[^\s"'<>]{1,300}$/i;
const PICTURE_IN_PLACE = /^data:image\/(?:png|jpeg|jpg|gif|webp);base64,[a-z0-9+/=\s]+$/i;

const COLOUR = '(?:#[0-9a-f]{3,8}|(?:rgb|hsl)a?\\([\\d\\s.,%/]{1,40}\\)|[a-z]{3,30})';
const LENGTH = '(?:\\d{1,5}(?:\\.\\d{1,6})?(?:px|pt|pc|em|rem|ex|ch|in|cm|mm|%)?|auto|normal)';
const LINE =
  '(?:none|hidden|solid|dotted|dashed|double|inset|outset|ridge|groove|thin|medium|thick)';

/** Values are spelled out, so that none of them can load, overlay or run anything: no url(), no variables, no escapes. */
const colour = [new RegExp(`^${COLOUR}$`, 'i')];
const lengths = [new RegExp(`^${LENGTH}(?:\\s+${LENGTH}){0,3}$`, 'i')];
const words = [/^[a-z-]{2,30}(?:\s+[a-z-]{2,30}){0,3}$/i];
const border = [
  new RegExp(`^(?:${LINE}|${LENGTH}|${COLOUR})(?:\\s+(?:${LINE}|${LENGTH}|${COLOUR})){0,3}$`, 'i'),
];

const sides = ['', '-top', '-right', '-bottom', '-left'];
const STYLES = {
  color: colour,
  'background-color': colour,
  // The short form stands for a colour in most mails; any other value is left out.
  background: colour,
  'font-family': [/^[\w\s,'"-]{1,200}$/],
  'font-size': [...lengths, /^(?:xx?-)?(?:small|large)(?:er)?$|^medium$/i],
  'font-style': words,
  'font-weight': [/^(?:[1-9]00|normal|bold|bolder|lighter)$/i],
  'text-align': words,
  'text-decoration': words,
  'text-decoration-line': words,
  'text-transform': words,
  'vertical-align': words,
  'white-space': words,
  'word-break': words,
  'list-style-type': words,
  direction: words,
  'line-height': lengths,
  width: lengths,
  'max-width': lengths,
  'min-width': lengths,
  height: lengths,
  'max-height': lengths,
  display: [/^(?:none|block|inline|inline-block|table|table-row|table-cell|list-item)$/i],
  'border-collapse': words,
  'border-spacing': lengths,
  'border-radius': lengths,
  ...Object.fromEntries(
    sides.flatMap((side) => [
      [`margin${side}`, lengths],
      [`padding${side}`, lengths],
      [`border${side}`, border],
      [`border${side}-color`, colour],
      [`border${side}-style`, words],
      [`border${side}-width`, lengths],
    ]),
  ),
};

const TAGS =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em ' +
  'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small ' +
  'span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr';

const OPTIONS: sanitize.IOptions = {
  allowedTags: TAGS.split(' '),
  // Their content is no text, or is read differently by browsers than by the parser here.
  nonTextTags:
    'script style title textarea option xmp noscript noembed noframes iframe plaintext'.split(' '),
  allowedAttributes: {
    '*': [
      'style',
      'dir',
      'lang',
      'title',
      'align',
      'valign',
      'width',
      'height',
      'bgcolor',
      QUOTE_MARK,
    ],
    a: ['href', 'rel', 'target'],
    img: ['src', 'alt', 'data-remote-src', 'border'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'nowrap'],
    th: ['colspan', 'rowspan', 'nowrap', 'scope'],
  },
  allowedStyles: { '*': STYLES },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowProtocolRelative: false,
  nestingLimit: DEEPEST,
  transformTags: {
    '*': (tagName, attribs) => ({ tagName, attribs: attributesOf(tagName, attribs) }),
  },
};

/**
 * Makes a stranger's HTML safe: known elements, known attributes and known values of styles are let through and all
 * else is left out. Nothing in it runs, loads from elsewhere or leaves its place; an image of the web keeps its
 * address in `data-remote-src`, for the reader to ask for, and one of the mail its `cid:` (RFC 2392). Cleaning what is
 * clean changes nothing. With `folded` the history below an answer is taken out into `quote`.
 */
export function sanitiseHtml(html: string, { folded = false } = {}): CleanHtml {
  // Postgres can store neither a NUL nor half a character.
  const source = html.slice(0, MOST_HTML).replaceAll('\0', '').toWellFormed();
  const clean = cleanedIfCheap(source);
  if (clean === null) return { html: '', text: htmlToText(source), quote: null };
  const { visible, quote } = foldQuote(clean, folded);
  const text = htmlToText(visible);
  if (text.trim() !== '' || visible.includes('<img ')) return { html: visible, text, quote };
  // Broken HTML may hide all of its words from a strict reader.
  return { html: '', text: htmlToText(source), quote: null };
}

/** What an element keeps of its attributes, before the list of allowed ones is asked. */
function attributesOf(tag: string, given: sanitize.Attributes): sanitize.Attributes {
  const {
    src,
    href,
    rel: _rel,
    target: _target,
    'data-remote-src': remote,
    [QUOTE_MARK]: _mark,
    ...kept
  } = given;
  if ((kept.style?.length ?? 0) > LONGEST_STYLE) delete kept.style;
  const mark = quoteMarkOf(tag, given);
  if (mark !== null) kept[QUOTE_MARK] = mark;
  if (tag === 'a') return { ...kept, ...linkTo(href) };
  if (tag === 'img') return { ...kept, ...pictureAt(src ?? '', remote ?? '') };
  return kept;
}

/** A link opens beside the desk, and the page that it leads to learns neither the desk nor how to steer it. */
function linkTo(href = ''): sanitize.Attributes {
  const url = href.trim();
  if (!LINK.test(url) || url.length > LONGEST_URL) return {};
  return { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function pictureAt(src: string, remote: string): sanitize.Attributes {
  const url = src.trim();
  if (PICTURE_IN_MAIL.test(url) || PICTURE_IN_PLACE.test(url)) return { src: url };
  const address = [url.startsWith('//') ? `https:${url}` : url, remote.trim()].find((one) =>
    WEB.test(one),
  );
  return address === undefined || address.length > LONGEST_URL
    ? {}
    : { 'data-remote-src': address };
}

/** There is more to clean than any letter has in it. */
class TooExpensive extends Error {}

/**
 * Cleans, and throws {@link TooExpensive} as soon as too many elements are open at once. The parser itself is asked: what
 * counts tags beside it takes other places for tags, such as comments, and can be told less than there is.
 */
function cleaned(source: string): string {
  let open = 0;
  return sanitize(source, {
    ...OPTIONS,
    onOpenTag: () => {
      open += 1;
      if (open > MOST_OPEN) throw new TooExpensive();
    },
    onCloseTag: () => {
      open -= 1;
    },
  }).trim();
}

function cleanedIfCheap(source: string): string | null {
  try {
    return cleaned(source);
  } catch (error) {
    if (error instanceof TooExpensive) return null;
    throw error;
  }
}
