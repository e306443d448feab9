/** Characters. */
export const LONGEST_PATH = 500;
const LEFT_OUT = '…';
/** Parameters whose values are terms of ours, ids or places in a list. Anything else may be a name, an address or a secret. */
const HARMLESS = new Set([
  'after',
  'assigneeId',
  'count',
  'format',
  'from',
  'limit',
  'priority',
  'scope',
  'skip',
  'sort',
  'startIndex',
  'status',
  'to',
  'types',
]);
const PLAIN = /^[\w.,:*+-]{0,64}$/;

/** The path and query of a call as it is shown: the names of all parameters, the values of those that tell nothing of anybody. */
export function shownPath(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return url.slice(0, LONGEST_PATH);
  const query = url
    .slice(at + 1, at + 1 + LONGEST_PATH * 4)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      const value = pair.slice(name.length + 1);
      // A pair without a value may be anything at all, a token too.
      if (equals === -1) return pair === '' ? '' : LEFT_OUT;
      return `${name}=${HARMLESS.has(name) && PLAIN.test(value) ? value : LEFT_OUT}`;
    })
    .join('&');
  return `${url.slice(0, at)}?${query}`.slice(0, LONGEST_PATH);
}
