/** What was spent on an organization since it was last asked. */
export interface Consumed {
  calls: number;
  callMs: number;
  statements: number;
  databaseMs: number;
  jobs: number;
  jobMs: number;
}

/** Null unless somebody asked for it: everything here is then one comparison. */
let spent: Map<string, Consumed> | null = null;

/** Counts from now on, or no longer. */
export function countConsumption(isOn: boolean): void {
  spent = isOn ? (spent ?? new Map()) : null;
}

/** What was spent on each organization since the last time, which is forgotten here. */
export function takeConsumption(): Map<string, Consumed> {
  const taken = spent;
  if (taken === null) return new Map();
  spent = new Map();
  return taken;
}

/** A call of `organizationId` was answered. */
export function countCall(organizationId: string, milliseconds: number): void {
  const consumed = of(organizationId);
  if (!consumed) return;
  consumed.calls += 1;
  consumed.callMs += milliseconds;
}

/** A job of `organizationId` was tried. */
export function countJob(organizationId: string, milliseconds: number): void {
  const consumed = of(organizationId);
  if (!consumed) return;
  consumed.jobs += 1;
  consumed.jobMs += milliseconds;
}

/** A statement for `organizationId` was answered: how long it waited for the database. */
export function countStatement(organizationId: string, milliseconds: number): void {
  const consumed = of(organizationId);
  if (!consumed) return;
  consumed.statements += 1;
  consumed.databaseMs += milliseconds;
}

function of(organizationId: string): Consumed | null {
  if (spent === null) return null;
  const known = spent.get(organizationId);
  if (known) return known;
  const blank = { calls: 0, callMs: 0, statements: 0, databaseMs: 0, jobs: 0, jobMs: 0 };
  spent.set(organizationId, blank);
  return blank;
}
