import { currentContext, runInContext, type Actor } from '#core/context/context.js';

/** Whose doing something is, as a row keeps it. */
export interface KeptActor {
  actorType: string;
  actorId: string | null;
  actorName: string;
}

/** Runs `work` as the doing of whoever asked for it: a job carries out what a person wants, and the log names them. */
export function asActor<T>(
  { actorType, actorId, actorName }: KeptActor,
  work: () => Promise<T>,
): Promise<T> {
  const actor: Actor = { type: actorType as Actor['type'], id: actorId, name: actorName };
  return runInContext({ ...currentContext()!, actor }, work);
}
