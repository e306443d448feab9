/** What the audit page shows, kept in its address. Days are those of the person's own clock. */
export interface AuditSearch {
  type?: string;
  actor?: string;
  from?: string;
  to?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const name = /^[a-z_]{1,40}\.(\*|[a-z_]{1,60})$/;
const id = /^[0-9a-f-]{36}$/;

/** Reads the address; what it does not understand is left out. */
export function toAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  const take = (key: keyof AuditSearch, shape: RegExp) => {
    const value = search[key];
    if (typeof value === 'string' && shape.test(value)) found[key] = value;
  };
  take('type', name);
  take('actor', id);
  take('from', day);
  take('to', day);
  return found;
}

/** The filters as the API takes them: whole days, the last one included. */
export function auditFilters({ type, actor, from, to }: AuditSearch) {
  const start = from ? new Date(`${from}T00:00:00`) : null;
  const end = to ? new Date(`${to}T00:00:00`) : null;
  end?.setDate(end.getDate() + 1);
  return {
    ...(type && { types: type }),
    ...(actor && { actorId: actor }),
    ...(start && { from: start.toISOString() }),
    ...(end && { to: end.toISOString() }),
  };
}
