import type { FastifyRequest } from 'fastify';
import { addRouteConfig } from './route-config.js';

/** What a route says of itself to the limits. */
interface CallRules {
  cost: number;
  isHeldOpen: boolean;
}

/** A call of the route counts as `cost` ordinary ones against the limits. */
export function Costs(cost: number): MethodDecorator {
  return addRouteConfig({ cost });
}

/**
 * The route answers when there is something to say, or for as long as the caller listens. It counts against the limits
 * when it begins, and not as a call under way: there would soon be no room for any other.
 */
export function HoldsOpen(): MethodDecorator {
  return addRouteConfig({ isHeldOpen: true });
}

/** What the route of `request` costs, and whether it is held open. */
export function callRulesOf(request: FastifyRequest): CallRules {
  const { cost = 1, isHeldOpen = false } = (request.routeOptions.config ??
    {}) as Partial<CallRules>;
  return { cost, isHeldOpen };
}
