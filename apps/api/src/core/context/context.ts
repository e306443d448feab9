import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from './span.js';

/**
 * Who does something: a person of the organization, an API key, a requester (by mail), one of the deployment's own
 * staff, or the product itself.
 */
export interface Actor {
  type: 'user' | 'api_key' | 'requester' | 'staff' | 'system';
  /** The membership, API key, requester or staff member; null for the system. */
  id: string | null;
  name: string;
}

/** Where a request comes from. */
export interface Origin {
  /** The client's IP address, behind the proxies that are trusted. */
  address: string;
  userAgent: string | null;
}

/** What caused the current work: the event that a job is handling. */
export interface Cause {
  eventId: string;
  depth: number;
}

/**
 * What is known about the work under way. Opened empty by the outermost door (the HTTP hook, the job runner, a
 * command) and filled by the guard, because a store that is entered inside a guard does not reach the handler.
 */
export interface WorkContext {
  readonly requestId: string;
  /** What the work is called: method and route of a request, or what a job does. Absent for work by the clock. */
  readonly name?: string;
  organizationId?: string;
  actor?: Actor;
  cause?: Cause;
  /** Absent in jobs and commands. */
  readonly origin?: Origin;
  /** The code of the failure that a request was answered with. */
  errorCode?: string;
  /** The span of the whole, when it is traced. */
  span?: Span | undefined;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work` with `context`. Only `run`, never `enterWith`: a context must end where it began. */
export function runInContext<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the work under way, or undefined outside of any. */
export function currentContext(): WorkContext | undefined {
  return storage.getStore();
}

/** No organization is in context. Always a programming error: never answered as an empty result. */
export class NoTenantInContext extends Error {
  constructor(what: string) {
    super(`${what} needs an organization in context and there is none`);
    this.name = 'NoTenantInContext';
  }
}

/** The organization of the work under way. Throws {@link NoTenantInContext} without one. */
export function requireOrganizationId(what: string): string {
  const organizationId = storage.getStore()?.organizationId;
  if (organizationId === undefined) throw new NoTenantInContext(what);
  return organizationId;
}

/** The actor of the work under way; the system when nobody signed in. */
export function currentActor(): Actor {
  return storage.getStore()?.actor ?? { type: 'system', id: null, name: 'Manydesk' };
}
