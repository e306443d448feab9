import { SetMetadata } from '@nestjs/common';
import { isId } from '../context/ids.js';

/** What a kind of background work is: which events it reacts to, how hard it tries, and what it may record. */
export interface JobContract {
  /** `room.work`; part of the job's id, so it never changes. */
  readonly consumer: string;
  /** The ledger events that it reacts to. */
  readonly on: readonly string[];
  /** The ledger events that its service may record: checked at boot to be free of cycles. */
  readonly records: readonly string[];
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly backoff: number;
}

/** What travels through the queue: ids and nothing else. */
export interface JobPayload {
  organizationId: string;
  seq: number;
}

/** A job whose payload is not of the contract's form. Never retried: it would never get better. */
export class BadJobPayload extends Error {
  override readonly name = 'BadJobPayload';
}

/** Checks a payload at either end of the queue. Throws {@link BadJobPayload} for a missing, unknown or wrong field. */
export function parseJobPayload(value: unknown): JobPayload {
  const { organizationId, seq, ...unknown } = (value ?? {}) as Record<string, unknown>;
  if (!isId(organizationId)) throw new BadJobPayload('organizationId is not a UUID');
  if (!Number.isSafeInteger(seq) || (seq as number) < 1)
    throw new BadJobPayload('seq is not a positive whole number');
  if (Object.keys(unknown).length > 0)
    throw new BadJobPayload(`unknown fields: ${Object.keys(unknown).join(', ')}`);
  return { organizationId, seq: seq as number };
}

/** The job's id: one event is one job of a consumer, however often it is handed over. */
export function jobIdOf(consumer: string, payload: JobPayload): string {
  return `${consumer}:${payload.organizationId}:${payload.seq}`;
}

/** The event that a job is about. */
export interface JobEvent {
  id: string;
  seq: number;
  type: string;
  subjectId: string;
  /** Who did it: `user`, `api_key`, `requester` or `system`. */
  actor: { type: string; id: string | null };
  /** Null when it was erased. */
  data: Record<string, unknown> | null;
  depth: number;
}

/** Trying again would change nothing: the job is given up at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** A job: three lines that call one service method. Runs in its organization's context, as the system. */
export interface JobHandler {
  handle(event: JobEvent): Promise<void>;
  /** Called once when the last attempt has failed. */
  giveUp?(event: JobEvent, reason: string): Promise<void>;
}

export const JOB_CONTRACT = 'manydesk:job-contract';

/** Marks a provider as the one handler of `contract`. */
export function HandlesJob(contract: JobContract): ClassDecorator {
  return SetMetadata(JOB_CONTRACT, contract);
}
