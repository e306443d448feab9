import { createElement, Fragment, type ReactNode } from 'react';
import { linkify } from '../tickets/mail-text.js';
import { linkOf, readHtml } from './mail-html.js';

const shown: Record<string, string> = {
  P: 'p',
  DIV: 'div',
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  U: 'u',
  S: 's',
  DEL: 's',
  CODE: 'code',
  PRE: 'pre',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  BLOCKQUOTE: 'blockquote',
  SPAN: 'span',
};
const heading = /^H[1-6]$/;

interface RichTextProps {
  html: string;
  /** Names that are shown as somebody who was spoken to. */
  mentioned?: string[] | undefined;
}

/** A letter without looks of its own, built out of known elements one by one: nothing in it can be markup that acts. */
export function RichText({ html, mentioned = [] }: RichTextProps) {
  return (
    <div className="prose-rich text-base" dir="auto">
      {children(readHtml(html), mentioned)}
    </div>
  );
}

function children(node: Node, mentioned: string[]): ReactNode[] {
  return [...node.childNodes].map((child, index) => (
    <Fragment key={index}>{part(child, mentioned)}</Fragment>
  ));
}

function part(node: Node, mentioned: string[]): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return words(node.textContent ?? '', mentioned);
  if (!(node instanceof HTMLElement)) return null;
  const { tagName } = node;
  if (tagName === 'BR') return <br />;
  if (tagName === 'HR') return <hr />;
  if (tagName === 'A') {
    const href = linkOf(node.getAttribute('href'));
    if (!href) return children(node, mentioned);
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {[...node.childNodes].map((child) => child.textContent).join('') || href}
      </a>
    );
  }
  // A heading inside of a message is none of the page.
  if (heading.test(tagName)) return <p className="font-semibold">{children(node, mentioned)}</p>;
  const tag = shown[tagName];
  if (!tag) return children(node, mentioned);
  const block = /^(p|div|li|blockquote|pre)$/.test(tag) ? { dir: 'auto' } : null;
  return createElement(tag, block, ...children(node, mentioned));
}

function words(text: string, mentioned: string[]): ReactNode {
  const names = mentioned.map((name) => `@${name}`).filter((name) => text.includes(name));
  if (names.length > 0) {
    const name = names[0]!;
    const at = text.indexOf(name);
    return (
      <>
        {words(text.slice(0, at), mentioned)}
        <span className="rounded bg-selected px-1 font-medium text-accent-text">{name}</span>
        {words(text.slice(at + name.length), mentioned)}
      </>
    );
  }
  return linkify(text).map((each, index) =>
    each.href ? (
      <a key={index} href={each.href} target="_blank" rel="noopener noreferrer nofollow">
        {each.text}
      </a>
    ) : (
      each.text
    ),
  );
}
