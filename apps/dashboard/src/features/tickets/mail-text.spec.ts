import { linkify, splitQuote } from './mail-text.js';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe('linkify', () => {
  it('finds web and mail addresses without the punctuation around them', () => {
    expect(links('See (https://a.example/b?c=1), or write to help@a.example.')).toEqual([
      'https://a.example/b?c=1',
      'mailto:help@a.example',
    ]);
    expect(links('https://a.example/Desk_(furniture)')).toEqual([
      'https://a.example/Desk_(furniture)',
    ]);
  });

  it('makes a link of nothing but http, https and mail', () => {
    expect(links('javascript:alert(1) data:text/html,x vbscript:x file:///etc')).toEqual([]);
  });

  it('loses not a letter', () => {
    const text = 'a https://x.example. b <me@x.example> c\n\nhttps://';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});

describe('splitQuote', () => {
  it('cuts off the older mail at the end with the line that introduces it', () => {
    expect(splitQuote('Thanks!\n\nOn Monday, Ada wrote:\n> Hello\n>\n> Ada\n')).toEqual({
      written: 'Thanks!',
      quote: 'On Monday, Ada wrote:\n> Hello\n>\n> Ada',
    });
    expect(
      splitQuote('Danke\n\nAm Montag, 3. Februar,\nAda <a@b.example> schrieb:\n> Hallo').written,
    ).toBe('Danke');
  });

  it('leaves answers between quoted lines, and a mail that is all quote, as they are', () => {
    for (const body of ['> a?\nyes\n> b?\nno', '> only this', 'no quote at all']) {
      expect(splitQuote(body)).toEqual({ written: body, quote: '' });
    }
  });
});
