import { call } from '../../api/call.js';
import type { Conditions, Operation } from '../../api/desk-types.js';

/** Which tickets: these, or all that the conditions find. */
export type BulkTarget = { ticketIds: string[] } | { conditions: Conditions };
/** What becomes of them. */
export type BulkChange = Record<string, unknown>;

const pauseMs = 400;
const longestPauseMs = 2_000;
const moving = ['queued', 'running', 'undoing'];

type Told = (operation: Operation) => void;

/** Changes many tickets, and resolves when all of them are through; `told` hears how far it is. */
export async function changeMany(target: BulkTarget, change: BulkChange, told: Told) {
  const body = { ...target, change };
  return finished(await call<{ data: Operation }>('POST', '/bulk-operations', { body }), told);
}

/** Takes it back, all of it or nothing. */
export async function undoMany(id: string, told: Told) {
  return finished(await call<{ data: Operation }>('PUT', `/operations/${id}/undoing`), told);
}

async function finished({ data }: { data: Operation }, told: Told): Promise<Operation> {
  let operation = data;
  for (let pause = pauseMs; moving.includes(operation.status); pause *= 1.3) {
    told(operation);
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, longestPauseMs)));
    ({ data: operation } = await call<{ data: Operation }>('GET', `/operations/${data.id}`));
  }
  told(operation);
  return operation;
}
