import { ValidationFailed } from '#core/errors/domain-error.js';

const LONGEST_URL = 2_000;

/**
 * The address of an endpoint in its usual form. Throws {@link ValidationFailed} for one that deliveries cannot go to:
 * https alone, `mayBePlain` where the operator lets us into their own network. Where it leads is checked anew by each
 * connection.
 */
export function endpointUrl(text: string, mayBePlain: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const schemes = mayBePlain ? ['https:', 'http:'] : ['https:'];
  const isGood =
    url !== null &&
    schemes.includes(url.protocol) &&
    url.username + url.password === '' &&
    url.hash === '' &&
    url.href.length <= LONGEST_URL;
  if (isGood) return url.href;
  const problem = `must be an https URL of at most ${LONGEST_URL} characters without a name, a password or a fragment, such as https://hooks.acme.example/desk`;
  throw new ValidationFailed([{ field: 'url', problem }]);
}

/** An address without its query, which may hold a token: for the log, which has many readers. */
export function shownUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}
