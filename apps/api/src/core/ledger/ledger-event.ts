import { currentContext, currentActor } from '../context/context.js';
import { newId } from '../context/ids.js';
import { canonicalJson } from './canonical-json.js';

/** A fact as a service states it. Who, when and why are added from the context. */
export interface NewEvent {
  /** `domain.action`, in the past tense. */
  type: string;
  subject: { type: string; id: string };
  /** What a reader needs to know, personal data included: it can be erased later without breaking the chain. */
  data: Record<string, unknown>;
  /** What became of each changed field: `[before, after]`. */
  changes?: Record<string, [unknown, unknown]>;
  operationId?: string;
}

/** An event as `ledger_append` takes it. */
export interface AppendableEvent {
  id: string;
  type: string;
  occurredAt: string;
  actorType: string;
  actorId: string | null;
  subjectType: string;
  subjectId: string;
  payload: string;
  requestId: string | null;
  causationId: string | null;
  operationId: string | null;
  depth: number;
}

/** Events that cause events that cause events: past this many steps the chain is a loop and is refused. */
const MOST_DEPTH = 8;

/** The chain of causes has grown past {@link MOST_DEPTH}. */
export class EventLoop extends Error {
  constructor(type: string) {
    super(
      `${type} is the ${MOST_DEPTH + 1}th step of one chain of causes: two jobs are answering each other`,
    );
    this.name = 'EventLoop';
  }
}

/** The text that is hashed: `changes` is null when nothing was changed. */
function eventPayload(event: Pick<NewEvent, 'data' | 'changes'>): string {
  return canonicalJson({ changes: event.changes ?? null, data: event.data });
}

/** Completes a fact with who, when and why of the work under way. Throws {@link EventLoop}. */
export function toAppendable(event: NewEvent, occurredAt: Date): AppendableEvent {
  const context = currentContext();
  const actor = currentActor();
  const depth = context?.cause ? context.cause.depth + 1 : 0;
  if (depth > MOST_DEPTH) throw new EventLoop(event.type);
  return {
    id: newId(),
    type: event.type,
    occurredAt: occurredAt.toISOString(),
    actorType: actor.type,
    actorId: actor.id,
    subjectType: event.subject.type,
    subjectId: event.subject.id,
    payload: eventPayload(event),
    requestId: context?.requestId ?? null,
    causationId: context?.cause?.eventId ?? null,
    operationId: event.operationId ?? null,
    depth,
  };
}
