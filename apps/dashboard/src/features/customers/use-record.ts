import { useCallback, useState } from 'react';
import { callTagged } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';

/** What stands in each field, by its name; a custom one is `fields.<key>`. */
export type Values = Record<string, unknown>;

/** One field that two people changed. */
export interface Conflict {
  field: string;
  yours: unknown;
  theirs: unknown;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The body of a change: custom fields stand in an object of their own. */
function bodyOf(changes: Values): Values {
  const own = Object.entries(changes).filter(([field]) => field.startsWith('fields.'));
  const rest = Object.entries(changes).filter(([field]) => !field.startsWith('fields.'));
  return {
    ...Object.fromEntries(rest),
    ...(own.length > 0 && {
      fields: Object.fromEntries(own.map(([field, value]) => [field.slice(7), value])),
    }),
  };
}

interface RecordOptions {
  path: string;
  etag: string | null;
  /** What stands there, as it was read last. */
  saved: Values;
  onSaved: () => Promise<unknown>;
}

/**
 * What a person is changing about a thing, laid over what was read: what they have not touched stays live, and what they
 * send says which version they saw. A field that somebody else changed too becomes a conflict, and nothing is lost.
 */
export function useRecord({ path, etag, saved, onSaved }: RecordOptions) {
  const t = useText();
  const [draft, setDraft] = useState<Values>({});
  /** The version that was there when the first field was touched: newer ones are not what the person saw. */
  const [seen, setSeen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [conflict, setConflict] = useState<{ fields: Conflict[]; etag: string } | null>(null);
  const changes = Object.fromEntries(
    Object.entries(draft).filter(([field, value]) => !same(value, saved[field])),
  );

  const set = useCallback(
    (field: string, value: unknown) => {
      setSeen((before) => before ?? etag);
      setDraft((before) => ({ ...before, [field]: value }));
      setErrors(({ [field]: _mended, ...rest }) => rest);
    },
    [etag],
  );
  const discard = useCallback((fields?: string[]) => {
    setDraft((before) =>
      fields
        ? Object.fromEntries(Object.entries(before).filter(([field]) => !fields.includes(field)))
        : {},
    );
    setErrors({});
    if (!fields) setSeen(null);
  }, []);

  const send = async (ifMatch: string | null): Promise<void> => {
    setBusy(true);
    setErrors({});
    try {
      await callTagged('PATCH', path, { body: bodyOf(changes), ifMatch: ifMatch ?? undefined });
      await onSaved();
      discard();
      notify({ tone: 'done', title: t('customers.saved') });
    } catch (error) {
      const info = error instanceof ApiError ? error.info : {};
      if (error instanceof ApiError && error.code === 'edit.conflict') {
        setConflict({ fields: info.conflicts as Conflict[], etag: String(info.etag) });
        return;
      }
      const details = error instanceof ApiError ? error.details : [];
      setErrors(
        details.length > 0
          ? Object.fromEntries(
              details.map(({ field, problem }) => [field.replace(/\.\d+$/, ''), problem]),
            )
          : { root: errorText(t, error) },
      );
    } finally {
      setBusy(false);
    }
  };

  return {
    read: (field: string): unknown => (field in draft ? draft[field] : saved[field]),
    set,
    discard,
    dirty: Object.keys(changes).length > 0,
    busy,
    errors,
    conflict: conflict?.fields ?? null,
    save: () => send(seen ?? etag),
    /** The person's own values stay: sent again over the newer version. */
    keepMine: () => {
      setConflict(null);
      void send(conflict?.etag ?? etag);
    },
    /** The other one's values stay; what else was changed is still there to be saved. */
    keepTheirs: async () => {
      const fields = conflict?.fields.map(({ field }) => field) ?? [];
      setConflict(null);
      await onSaved();
      discard(fields);
      setSeen(conflict?.etag ?? null);
    },
    /** Puts the question off: nothing is sent, nothing is dropped. */
    askLater: () => setConflict(null),
  };
}

export type RecordInWork = ReturnType<typeof useRecord>;
