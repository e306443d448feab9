import { WINDOW, type Standing } from './counters.js';

/**
 * How the limits are told: `RateLimit-Policy` says what may be taken in which time, `RateLimit` what is left and in how
 * many seconds all of it is there again (draft-ietf-httpapi-ratelimit-headers-10; lists of RFC 9651).
 */
export function rateLimitHeaders(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  let policies = '';
  let limits = '';
  for (const { policy, limit, remaining, resetsIn } of standings) {
    const comma = policies === '' ? '' : ', ';
    policies += `${comma}"${policy}";q=${limit};w=${WINDOW / 1000}`;
    limits += `${comma}"${policy}";r=${remaining};t=${Math.ceil(resetsIn / 1000)}`;
  }
  return { 'ratelimit-policy': policies, ratelimit: limits };
}
