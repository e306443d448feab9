import { readHtml } from '../conversation/mail-html.js';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Plain words as HTML: each line a paragraph. Empty for nothing. */
export function htmlOfText(text: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line) => `<p>${line.replaceAll(/[&<>"]/g, (letter) => entities[letter]!)}</p>`)
    .join('');
}

/** The words of HTML, line by line. */
export function textOfHtml(html: string): string {
  if (html === '') return '';
  const body = readHtml(html);
  for (const line of body.querySelectorAll('br')) line.replaceWith('\n');
  const blocks = [...body.children];
  if (blocks.length === 0) return body.textContent ?? '';
  return blocks.map((block) => block.textContent ?? '').join('\n');
}

/** True for what a field without formatting can show without losing anything. */
export function isOnlyText(html: string): boolean {
  return !/<(?!\/?p>)[^>]+>/.test(html);
}

/** Whether something can be read in it. */
export function saysSomething(html: string): boolean {
  return /\S/.test(textOfHtml(html).replaceAll('\u00a0', ' '));
}

/**
 * Where the selection of a plain field stands in the editor's document of the same words. There a paragraph begins and
 * ends with a place of its own, where the field has one line break.
 */
export function placeInHtml(field: HTMLTextAreaElement): { from: number; to: number } {
  const { value, selectionStart, selectionEnd } = field;
  const place = (offset: number) => 1 + offset + value.slice(0, offset).split('\n').length - 1;
  return { from: place(selectionStart), to: place(selectionEnd) };
}
