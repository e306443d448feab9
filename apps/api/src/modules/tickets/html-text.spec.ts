import { describe, expect, it } from '@jest/globals';
import { htmlToText } from './html-text.js';

describe('the text of HTML', () => {
  it.each([
    ['paragraphs', '<p>one</p><p>two\n three</p>', 'one\n\ntwo three'],
    ['lines', '<div>one</div><div>two<br>three</div>', 'one\ntwo\nthree'],
    ['blank lines', 'one<br><br>two<div><br></div>three', 'one\n\ntwo\n\nthree'],
    ['lists', '<ul><li>one</li><li>two</ul>three', '- one\n- two\n\nthree'],
    ['tables', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>', 'a b\nc'],
    ['quotes', '<blockquote>a<blockquote>b</blockquote></blockquote>c', '> a\n>\n> > b\n\nc'],
    ['preformatted text', '<pre>  a\n    b</pre>', '  a\n    b'],
    ['white space', ' a\n\t<b> b</b> <i>c</i>&nbsp;&nbsp;d ', 'a b c d'],
    [
      'entities',
      '&lt;p&gt; &eacute;&#128512;&#x41; &amp;amp; &unknown; a&b',
      '<p> é😀A &amp; &unknown; a&b',
    ],
    [
      'links',
      'see <a href="https://x.example/?a=1&amp;b=2">here</a>.',
      'see here [https://x.example/?a=1&b=2].',
    ],
    ['links that say where', '<a href="https://x.example">x.example</a>', 'x.example'],
    ['links of scripts', '<a href="javascript:alert(1)">here</a>', 'here'],
    ['a link over blocks', '<a href="https://x.example/"><div>go</div></a>', 'go'],
    ['what is not shown', '<title>t</title><script>s<p></script><style>c</style><!-- x -->a', 'a'],
    ['pictures', 'a<img src="x" alt="y">b', 'ab'],
    ['Word', '<p class=MsoNormal>Hi<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>', 'Hi'],
    ['no HTML at all', 'a < b > c', 'a < b > c'],
    ['nothing', '', ''],
    ['closing tags alone', '</blockquote></pre></a></p>a', 'a'],
    ['an open tag', 'a<b', 'a'],
  ])('keeps %s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('does not outgrow what is nested without end', () => {
    for (const piece of [
      '<blockquote>a',
      '<ul><li>a',
      '<table><tr><td>a',
      '<a href="https://x">a',
      '<pre>a',
    ]) {
      const html = piece.repeat(20_000);
      expect(htmlToText(html).length).toBeLessThan(html.length * 4);
    }
  });
});
