import { IntlMessageFormat } from 'intl-messageformat';
import { languageOf } from './messages/languages.js';
import type { Notice, NoticeKind } from './notice-kinds.js';

/** Somebody of whom a mail says no name: the sentences have a word of their own for it. */
const NOBODY = 'unknown';

/** A notice as it is mailed. */
export interface RenderedNotice {
  subject: string;
  text: string;
  html: string;
}

/** Whose mail it looks like. */
export interface Letterhead {
  name: string;
  /** `#rrggbb` */
  accent: string;
}

export const OWN_LETTERHEAD: Letterhead = { name: 'Manydesk', accent: '#4338ca' };
/** What stands for a name that is not shown. */
const FALLBACK: Record<string, string> = { actor: NOBODY, subject: '' };
const LONGEST_VALUE = 80;
/** Something that a mail program would make a link of, or that looks like an address. */
const LINK_LIKE = /:\/\/|www\.|[^\s@]@[^\s@]|\p{L}\.\p{L}{2,}/iu;
/** Values that are addresses or made by us, and not a name that somebody chose. */
const NOT_A_NAME = new Set(['oldAddress', 'newAddress', 'time', 'date', 'device', 'factor']);
const TIMES: Record<string, Intl.DateTimeFormatOptions> = {
  time: { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' },
  date: { dateStyle: 'long', timeZone: 'UTC' },
};

/** What a notice is written in and on. */
export interface NoticeFrame {
  locale: string;
  letterhead: Letterhead;
  /** The address of its button; null without one. */
  link: string | null;
  /** The address of the desk, before every path. */
  desk?: string;
}

/**
 * The mail of a notice in `locale`, as text and as HTML. `link` is the address of its button. Names that people chose
 * are cut, and one that holds a link is left out: an invitation must not carry anybody's advertisement.
 */
export function renderNotice(
  kind: NoticeKind,
  notice: Notice,
  { locale, letterhead, link, desk = '' }: NoticeFrame,
): RenderedNotice {
  const { messages, code, direction } = languageOf(locale);
  const values = presentable(notice.values, code);
  const sayWith = (message: string, of: typeof values): string =>
    String(new IntlMessageFormat(message, code, undefined, { ignoreTag: true }).format(of)).trim();
  const say = (message: string): string => sayWith(message, values);
  const entries = (notice.entries ?? []).map((entry) => ({
    label: sayWith(messages.entries[entry.says], presentable(entry.values, code)),
    url: `${desk}${entry.path}`,
  }));
  const ending = notice.unsubscribe && `${desk}${notice.unsubscribe.page}`;
  const { subject, lines, button } = messages[kind];
  const { hello, helloNobody, buttonFails, automatic } = messages.common;
  const head = say(values.name === undefined || kind === 'invitation' ? helloNobody : hello);
  const body = lines.map(say);
  const leads = button !== undefined && link !== null;
  const text = [
    head,
    ...body.slice(0, 1),
    ...entries.map(({ label, url }) => `${label}\n${url}`),
    ...(leads ? [link] : []),
    ...body.slice(1),
  ];
  const foot = [automatic, ...(ending ? [`${say(messages.common.unsubscribe)}: ${ending}`] : [])];
  const html = page({
    direction,
    code,
    accent: letterhead.accent,
    title: escaped(presentableName(letterhead.name) ?? OWN_LETTERHEAD.name),
    parts: [
      paragraph(head),
      ...body.slice(0, 1).map(paragraph),
      ...entries.map(({ label, url }) => linkTo(url, label)),
      ...(leads ? [buttonTo(link, say(button), letterhead.accent)] : []),
      ...body.slice(1).map(paragraph),
      ...(leads
        ? [small(`${escaped(buttonFails)}<br><span dir="ltr">${escaped(link)}</span>`)]
        : []),
      small(
        [
          escaped(automatic),
          ...(ending ? [quietLinkTo(ending, messages.common.unsubscribe)] : []),
        ].join('<br>'),
      ),
    ],
  });
  return { subject: say(subject), text: [...text, '-- ', ...foot].join('\n\n'), html };
}

/** `values` for a sentence of `language`: times written out, names made harmless. */
function presentable(
  values: Record<string, string | number>,
  language: string,
): Record<string, string | number> {
  const entries = Object.entries(values).map(([name, value]): [string, string | number] => {
    if (typeof value === 'number') return [name, value];
    const time = TIMES[name];
    if (time) {
      const written = new Intl.DateTimeFormat(language, time).format(new Date(value));
      return [name, name === 'time' ? `${written} UTC` : written];
    }
    if (NOT_A_NAME.has(name)) return [name, oneLine(value)];
    return [name, presentableName(value) ?? FALLBACK[name] ?? '—'];
  });
  return Object.fromEntries(entries);
}

function presentableName(name: string): string | null {
  const line = oneLine(name);
  return line === '' || LINK_LIKE.test(line) ? null : line;
}

/** No line breaks, controls or marks that turn the text around: a name could otherwise write a mail of its own. */
function oneLine(value: string): string {
  const line = value
    .replace(/[\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length <= LONGEST_VALUE ? line : `${[...line].slice(0, LONGEST_VALUE - 1).join('')}…`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escaped(text)}</p>`;
const small = (html: string): string =>
  `<p style="margin:24px 0 0;font-size:13px;color:#5b6270;word-break:break-all">${html}</p>`;
const linkTo = (url: string, label: string): string =>
  `<p style="margin:0 0 12px"><a href="${escaped(url)}" style="color:#1c2330">${escaped(label)}</a></p>`;
const quietLinkTo = (url: string, label: string): string =>
  `<a href="${escaped(url)}" style="color:#5b6270">${escaped(label)}</a>`;
const buttonTo = (link: string, label: string, accent: string): string =>
  `<p style="margin:24px 0"><a href="${escaped(link)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:${accent};color:${legibleOn(accent)};text-decoration:none;font-weight:600">${escaped(label)}</a></p>`;

/** Black or white, whichever stands out more from `accent` (WCAG 2.2, relative luminance). */
function legibleOn(accent: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(accent.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179 ? '#000000' : '#ffffff';
}

function page(of: {
  direction: string;
  code: string;
  accent: string;
  title: string;
  parts: string[];
}): string {
  return `<!doctype html>
<html lang="${of.code}" dir="${of.direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${of.title}</title></head>
<body style="margin:0;background:#f4f5f7;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;color:#1c2330">
<div style="max-width:560px;margin:0 auto;padding:32px 16px">
<div style="background:#ffffff;border-radius:12px;border-top:4px solid ${of.accent};padding:32px">
<p style="margin:0 0 24px;font-weight:700;font-size:18px">${of.title}</p>
${of.parts.join('\n')}
</div></div></body></html>
`;
}
