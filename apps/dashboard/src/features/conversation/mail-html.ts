/** What a letter without any looks of its own is made of; such a one is shown in the looks of the desk. */
const plainTags = new Set(
  'P BR STRONG B EM I U S DEL CODE PRE A UL OL LI BLOCKQUOTE H1 H2 H3 H4 HR SPAN DIV'.split(' '),
);
/** Attributes that say nothing about looks. */
const quietAttributes = new Set(['href', 'rel', 'target', 'dir', 'lang', 'start', 'title']);
const dangerous =
  'script, style, iframe, frame, object, embed, form, input, button, textarea, select, meta, link, base, svg, math, template';
const safeLink = /^(https?:|mailto:|tel:)/i;

const styleAttribute = /\sstyle\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

/**
 * HTML read into a document that runs nothing and loads nothing, without styles: this page's policy allows none, and
 * says so to the console for each.
 */
export function readHtml(html: string): HTMLElement {
  const plain = html.replaceAll(styleAttribute, '');
  return new DOMParser().parseFromString(plain, 'text/html').body;
}

/** True when a message brings no colours, tables or pictures of its own. */
export function isPlain(html: string): boolean {
  if (html.search(styleAttribute) >= 0) return false;
  return [...readHtml(html).querySelectorAll('*')].every(
    (element) =>
      plainTags.has(element.tagName) &&
      [...element.attributes].every(({ name }) => quietAttributes.has(name)),
  );
}

/** Whether a picture of the web waits to be asked for. */
export const hasRemoteImages = (html: string) => /\sdata-remote-src=/i.test(html);

/** The `cid:` of the pictures that came with the mail (RFC 2392). */
export function picturesInside(html: string): string[] {
  return [...html.matchAll(/\ssrc="cid:([^"]+)"/gi)].map(([, id]) => id!);
}

/** An address that may be followed, or nothing. */
export function linkOf(address: string | null): string | undefined {
  const href = address?.trim() ?? '';
  return safeLink.test(href) ? href : undefined;
}

/**
 * Makes a message ready for its frame. The server has cleaned it already; what runs, frames or submits is taken out here
 * once more, so that one mistake there is not enough. Links open in a tab of their own that does not know the desk.
 */
export function prepareMail(
  body: HTMLElement,
  pictures: ReadonlyMap<string, string>,
  withRemote: boolean,
): void {
  for (const element of body.querySelectorAll(dangerous)) element.remove();
  for (const element of body.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (/^on|^(srcdoc|srcset|action|formaction|ping|background)$/i.test(name))
        element.removeAttribute(name);
    }
  }
  for (const link of body.querySelectorAll('a, area')) {
    const href = linkOf(link.getAttribute('href'));
    if (href) {
      link.setAttribute('href', href);
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer nofollow');
    } else link.removeAttribute('href');
  }
  for (const image of body.querySelectorAll('img')) {
    const src = image.getAttribute('src') ?? '';
    const remote = image.dataset.remoteSrc;
    const inside = /^cid:/i.test(src) ? pictures.get(src.slice(4)) : undefined;
    if (inside) image.setAttribute('src', inside);
    else if (remote && withRemote && /^https?:/i.test(remote)) image.setAttribute('src', remote);
    else if (!/^data:image\//i.test(src)) image.removeAttribute('src');
    if (!image.hasAttribute('alt')) image.setAttribute('alt', '');
  }
}
