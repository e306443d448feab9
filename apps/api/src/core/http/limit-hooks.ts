import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallsUnderWay } from '../limits/calls-under-way.js';
import type { Verdict } from '../limits/counters.js';
import { RateLimitReached, type ConcurrencyLimitReached } from '../limits/limits.exceptions.js';
import { rateLimitHeaders } from '../limits/rate-limit-headers.js';
import type { Count } from '../logging/metrics.js';
import type { RateLimits } from '../limits/rate-limits.js';
import { bearer, type PresentedCredential } from '../tenancy/bearer.js';
import type { Principal, PrincipalResolver } from '../tenancy/principal.js';
import { callRulesOf } from './costs.js';

declare module 'fastify' {
  interface FastifyRequest extends PresentedCredential {}
}

/** Requests that have nothing to read: the guard looks at them in the same moment. */
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Limits {
  principals: PrincipalResolver;
  rates: RateLimits;
  underWay: CallsUnderWay;
  /** Counts what is refused, by whose limit it was. */
  countRefusal: Count;
}

type Done = (error?: Error) => void;

/**
 * Counts every call of somebody who is known, before its body is read and before anything is asked of the database for
 * it: a flood is refused for next to nothing. Whether a call is let in is the guard's to say; here it is only counted.
 */
export function addLimitHooks(fastify: FastifyInstance, limits: Limits): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const credential = request.url.startsWith('/api/')
      ? bearer(request.headers.authorization)
      : null;
    if (credential === null) return done();
    const found = limits.principals.resolve(credential);
    if (!(found instanceof Promise)) return count(limits, request, reply, found, done);
    found.then((principal) => count(limits, request, reply, principal, done), done);
  });
}

function count(
  { rates, underWay, countRefusal }: Limits,
  request: FastifyRequest,
  reply: FastifyReply,
  principal: Principal | null,
  done: Done,
): void {
  // A body may take minutes to come in: then the guard asks again, because the credential may be gone by then.
  if (principal === null || BODILESS.has(request.method)) request.presented = principal;
  // Whoever is not let in must not use up what is another's: the guard refuses them.
  if (principal === null || !isAdmitted(principal, request)) return done();
  const { cost, isHeldOpen } = callRulesOf(request);
  try {
    // One whose client has gone in the meantime would never say that it is over.
    if (!isHeldOpen && !reply.raw.destroyed)
      reply.raw.once('close', underWay.begin(principal.organizationId));
  } catch (error) {
    countRefusal('concurrency');
    return refuse(request, reply, principal, error as ConcurrencyLimitReached, done);
  }
  const settle = ({ standings, refusal, isFirstRefusal }: Verdict): void => {
    reply.headers(rateLimitHeaders(standings));
    if (refusal === null) return done();
    countRefusal(refusal.policy);
    // One refusal in a minute is written down with the calls of its key; a flood of them is what is being refused.
    if (isFirstRefusal && request.work) request.work.actor = principal.actor;
    refuse(request, reply, principal, new RateLimitReached(refusal), done);
  };
  const verdict = rates.take(principal, cost);
  if (verdict instanceof Promise) verdict.then(settle, done);
  else settle(verdict);
}

function isAdmitted(principal: Principal, { work }: FastifyRequest): boolean {
  try {
    if (work?.origin) principal.admit?.(work.origin);
    return true;
  } catch {
    return false;
  }
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { organizationId }: Principal,
  error: RateLimitReached | ConcurrencyLimitReached,
  done: Done,
): void {
  if (request.work) request.work.organizationId = organizationId;
  reply.header('retry-after', String(error.retryAfterSeconds));
  done(error);
}
