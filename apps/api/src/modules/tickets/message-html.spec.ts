import { describe, expect, it } from '@jest/globals';
import { cpuTimeOf } from '../../../../../test/support/cpu.js';
import { sanitiseHtml } from './message-html.js';

const clean = (html: string) => sanitiseHtml(html).html;

/** What must be nowhere in what is shown, however it was dressed. */
const ACTIVE =
  /<(?:script|style|svg|math|form|input|button|base|meta|link|iframe|object|embed|video|audio|source|template|noscript|textarea|title|select)\b|\son\w+\s*=|javascript:|vbscript:|url\(|expression\(|position|srcset|@import|<!--/i;

describe('sanitiseHtml', () => {
  it('lets through what a letter is made of', () => {
    const letter =
      '<h1>Hello</h1><p style="color:#333;text-align:right" dir="rtl">a <b>b</b> <i>c</i></p>' +
      '<ul><li>one</li></ul><table border="1"><tbody><tr><td colspan="2">x</td></tr></tbody></table><pre>a\n b</pre>';
    expect(clean(letter)).toBe(letter);
    expect(sanitiseHtml('<p>One</p><p>Two &amp; three</p>')).toEqual({
      ...{ html: '<p>One</p><p>Two &amp; three</p>', text: 'One\n\nTwo & three', quote: null },
    });
  });

  it.each([
    ['a script', '<p>a</p><script>alert(1)</script>'],
    ['a script that is not closed', '<p>a</p><script>alert(1)'],
    ['a script with a slash', '<p>a</p><script/src=//evil.example></script/>'],
    [
      'an event handler',
      '<p onclick="alert(1)" onmouseover=alert(1)>a</p><img src=x onerror=alert(1)>',
    ],
    ['an event handler after a slash', '<p/onclick=alert(1)>a</p>'],
    ['a style sheet', '<style>@import url(//evil.example)</style><p>a</p>'],
    ['a style that loads', '<p style="background:url(https://evil.example/x)">a</p>'],
    ['a style that loads by an escape', '<p style="background:\\75rl(https://evil.example)">a</p>'],
    [
      'a style that loads by an entity',
      '<p style="background-image&#58;u&#114;l(//evil.example)">a</p>',
    ],
    ['a list picture', '<ul style="list-style:url(//evil.example)"><li>a</li></ul>'],
    ['an old expression', '<p style="width:expression(alert(1))">a</p>'],
    ['an overlay', '<div style="position:fixed;inset:0;top:0;z-index:9999">a</div>'],
    ['a style that ends its rule', '<p style="color:red}*{position:fixed">a</p>'],
    [
      'drawings',
      '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    ],
    ['a drawing with a style', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">a'],
    [
      'mathematics',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>a</table></math>',
    ],
    [
      'a form in a form',
      '<form action="//evil.example"><math><mtext></form><form><mglyph><input name=p>a</form>',
    ],
    [
      'text that a script would be',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>">a</p>',
    ],
    ['a title that closes', '<title><img src=x onerror=alert(1)></title><p>a</p>'],
    [
      'a text field that closes',
      '<textarea><p title="</textarea><img src=x onerror=alert(1)>">a</textarea>',
    ],
    ['a frame', '<iframe srcdoc="<script>alert(1)</script>"><p>a</p></iframe>a'],
    ['a base', '<base href="javascript:/a/"><p>a</p>'],
    [
      'a page that leads away',
      '<meta http-equiv=refresh content="0;url=javascript:alert(1)"><p>a</p>',
    ],
    ['a comment that ends early', '<!--><img src=x onerror=alert(1)>--><p>a</p>'],
    ['a comment for one browser', '<!--[if IE]><script>alert(1)</script><![endif]--><p>a</p>'],
    ['a section of data', '<![CDATA[<script>alert(1)</script>]]><p>a</p>'],
    [
      'several sizes of a picture',
      '<img srcset="https://evil.example/a 1x" src="https://evil.example/b">a',
    ],
    ['an object', '<object data="javascript:alert(1)"><embed src="//evil.example">a</object>'],
    [
      'a film',
      '<video poster="//evil.example"><source src="//evil.example" onerror=alert(1)></video>a',
    ],
  ])('leaves %s out', (_what, html) => {
    const { html: shown, text } = sanitiseHtml(html);
    expect(shown).not.toMatch(ACTIVE);
    expect(shown).not.toMatch(/<[^>]* (?:src|background|poster|data)="[^c]/);
    expect(`${shown} ${text}`).toContain('a');
    // A browser that reads it again finds nothing new: cleaning what is clean changes nothing.
    expect(clean(shown)).toBe(shown);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    '&#106;avascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'blob:https://x/y',
    '//evil.example/x',
    '/api/v1/me',
    '?a=b',
  ])('makes no link of %j', (href) => {
    expect(clean(`<a href="${href}">a</a>`)).toBe('<a>a</a>');
  });

  it('opens links beside the desk, which they learn nothing of', () => {
    expect(
      clean('<a href=" https://x.example/?a=1&amp;b=2" target="_top" rel="opener">a</a>'),
    ).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">a</a>',
    );
    expect(clean('<a href="mailto:a@b.example">a</a>')).toContain('href="mailto:a@b.example"');
  });

  it('keeps the address of a remote picture for who asks for it', () => {
    const shown = clean('<img src="https://x.example/a.png" alt="A"><img src="//x.example/b.png">');
    expect(shown).toBe(
      '<img alt="A" data-remote-src="https://x.example/a.png" /><img data-remote-src="https://x.example/b.png" />',
    );
    expect(clean(shown)).toBe(shown);
    expect(clean('<p>a</p><img data-remote-src="javascript:alert(1)">')).toBe('<p>a</p><img />');
  });

  it('keeps pictures of the mail and small ones in place, and no other data', () => {
    expect(clean('<img src="cid:a@b.example">')).toBe('<img src="cid:a@b.example" />');
    expect(clean('<img src="data:image/png;base64,iVBORw0KGgo=">')).toContain(
      'src="data:image/png;',
    );
    for (const data of [
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:text/html;base64,PHA+',
      'data:,x',
    ])
      expect(clean(`<p>a</p><img src="${data}">`)).toBe('<p>a</p><img />');
  });

  it('takes names away that a page could be steered by', () => {
    expect(
      clean('<p id="app" class="x" name="y" data-quote-mark="box" contenteditable>a</p>'),
    ).toBe('<p>a</p>');
  });

  it('keeps nothing that cannot be stored', () => {
    expect(clean('<p>a\0b\ud800</p>')).toBe('<p>ab\ufffd</p>');
  });

  it('is quick with what was built to be slow', () => {
    const taken = cpuTimeOf(() => {
      const deep = sanitiseHtml('<div>'.repeat(100_000) + 'deep' + '</p>'.repeat(50_000));
      expect(deep).toEqual({ html: '', text: expect.stringContaining('deep'), quote: null });
      clean('<b>'.repeat(1_900) + '</i>'.repeat(200_000) + 'a');
      clean('<p style="' + 'color:red;'.repeat(90_000) + '">a</p>');
      clean(`<a ${'x="1" '.repeat(100_000)}>a</a>`);
      sanitiseHtml('<p>on a wrote </p><blockquote></blockquote>'.repeat(20_000), { folded: true });
    });
    expect(taken).toBeLessThan(8_000);
  });

  it.each([
    ['elements whose end tags may be left out', '<tr><li>', '</th>'],
    ['end tags in comments', '<b><!--</b>-->', '</x>'],
    ['end tags in attributes', '<b title="</b>">', '</x>'],
    ['elements of one beginning', `<${'a'.repeat(21)}1></${'a'.repeat(21)}2>`, '</x>'],
  ])('is not held up by %s', (_what, opened, stray) => {
    const html = opened.repeat(200_000 / opened.length) + stray.repeat(40_000);
    const taken = cpuTimeOf(() => expect(sanitiseHtml(html).html).toBe(''));
    expect(taken).toBeLessThan(2_000);
  });

  it('keeps a long list and a long table whose end tags were left out', () => {
    const list = clean(`<ul>${'<li>a <b>b</b>'.repeat(2_000)}</ul>`);
    expect(list.match(/<li>a <b>b<\/b><\/li>/g)).toHaveLength(2_000);
    const table = clean(`<table>${'<tr><td>a<td>b'.repeat(2_000)}</table>`);
    expect(table.match(/<tr><td>a<\/td><td>b<\/td><\/tr>/g)).toHaveLength(2_000);
  });
});

describe('folding', () => {
  it.each([
    ['many blocks', `${'x'.repeat(500_000)}${'<p>a</p>'.repeat(60_000)}`],
    [
      'blanks before a deep quote',
      `x${`${' '.repeat(499)}y`.repeat(400)}${'<div>'.repeat(180)}<blockquote type=cite>z</blockquote>`,
    ],
    [
      'rules before marks',
      `${'a<div style="border:none;border-top:solid"></div>'.repeat(8_000)}${'!'.repeat(500_000)}`,
    ],
  ])('is not held up by %s', (_what, html) => {
    expect(cpuTimeOf(() => sanitiseHtml(html, { folded: true }))).toBeLessThan(6_000);
  });

  const fold = (html: string) => {
    const { html: shown, quote } = sanitiseHtml(html, { folded: true });
    return { shown, quote };
  };

  it.each([
    [
      'Gmail',
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:<br></div><blockquote>Old</blockquote></div>',
    ],
    [
      'Apple Mail',
      '<div><br><blockquote type="cite"><div>On 1 May Ann wrote:</div>Old</blockquote></div>',
    ],
    [
      'Thunderbird',
      '<div class="moz-cite-prefix">Am 1.5. schrieb Ann:<br></div><blockquote type="cite">Old</blockquote>',
    ],
    [
      'Outlook on the web',
      '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ann</div><div>Old</div>',
    ],
    [
      'Word',
      '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in"><p><b>From:</b> Ann</p></div><p>Old</p>',
    ],
    ['a bare quote', '<p>On Monday, 1 May, Ann wrote:</p><blockquote>Old</blockquote>'],
  ])('takes the history below an answer of %s', (_program, history) => {
    const { shown, quote } = fold(`<div><p>New</p>${history}</div>`);
    expect(shown).toBe('<div><p>New</p></div>');
    expect(quote).toContain('Old');
    expect(quote).toMatch(/wrote|schrieb|From/);
    expect(quote).not.toContain('New');
    expect(clean(quote!)).toBe(quote);
  });

  it.each([
    ['an answer below the quote', '<blockquote type="cite">Old</blockquote><p>New</p>'],
    [
      'answers between quotes',
      '<p>Hi</p><div class="gmail_quote"><blockquote>One</blockquote>Yes<blockquote>Two</blockquote></div>',
    ],
    [
      'a forwarded mail',
      '<p>See below</p><div class="gmail_quote">---------- Forwarded message ---------<br>Old</div>',
    ],
    ['a mail of quotes alone', '<blockquote type="cite">Old</blockquote>'],
    ['a quotation', '<p>He said</p><blockquote>Be brief</blockquote>'],
  ])('leaves %s whole', (_what, html) => {
    expect(fold(html)).toEqual({ shown: clean(html), quote: null });
  });

  it('folds only when asked', () => {
    const { html, quote } = sanitiseHtml('<p>New</p><blockquote type="cite">Old</blockquote>');
    expect([html.includes('Old'), quote]).toEqual([true, null]);
  });
});
