import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useState } from 'react';
import type { ApiKeyCall } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';
import { callsQuery } from '../api-keys/queries.js';
import { CallRow } from './call-row.js';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const answers = { good: [200, 399], refused: [400, 499], broken: [500, 599] } as const;
type Answer = keyof typeof answers;

interface Wanted {
  method: string;
  answer: Answer | '';
  words: string;
}

const all: Wanted = { method: '', answer: '', words: '' };

function fits(call: ApiKeyCall, { method, answer, words }: Wanted): boolean {
  if (method && call.method !== method) return false;
  const [least, most] = answer ? answers[answer] : [0, 999];
  if (call.status < least || call.status > most) return false;
  const letters = words.trim().toLowerCase();
  return [call.path, call.requestId].some((said) => said.toLowerCase().includes(letters));
}

/** The calls of a key that are kept, of which some are wanted. They are few: the filters need no server. */
export function RequestLog({ keyId }: { keyId: string }) {
  const t = useText();
  const [wanted, setWanted] = useState(all);
  const query = useInfiniteQuery(callsQuery(keyId));
  const calls = query.data?.pages.flatMap((page) => page.data) ?? [];
  const shown = calls.filter((call) => fits(call, wanted));
  const set = (part: Partial<Wanted>) => setWanted({ ...wanted, ...part });
  if (query.isPending) return <Skeleton rows={5}>{rowSkeleton}</Skeleton>;
  if (query.isError && calls.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (calls.length === 0) return <EmptyState icon={Activity} title={t('requests.empty')} />;
  return (
    <>
      <section aria-label={t('requests.filters')} className="mb-4 grid gap-3 sm:grid-cols-3">
        <Field label={t('requests.method')}>
          {(control) => (
            <select
              {...control}
              value={wanted.method}
              onChange={({ target }) => set({ method: target.value })}
              className="field"
            >
              <option value="">{t('requests.any')}</option>
              {methods.map((method) => (
                <option key={method}>{method}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('requests.answer')}>
          {(control) => (
            <select
              {...control}
              value={wanted.answer}
              onChange={({ target }) => set({ answer: target.value as Wanted['answer'] })}
              className="field"
            >
              <option value="">{t('requests.any')}</option>
              {(Object.keys(answers) as Answer[]).map((answer) => (
                <option key={answer} value={answer}>
                  {t(`requests.answer.${answer}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('requests.path')}>
          {(control) => (
            <input
              {...control}
              type="search"
              value={wanted.words}
              onChange={({ target }) => set({ words: target.value })}
              spellCheck={false}
              dir="ltr"
              className="field"
            />
          )}
        </Field>
      </section>
      <p role="status" className="mb-2 text-xs text-muted">
        {shown.length > 0 && t('requests.shown', { count: shown.length })}
      </p>
      {shown.length === 0 && <EmptyState icon={Activity} title={t('requests.noMatch')} />}
      {shown.length > 0 && (
        <ul aria-label={t('apiKeys.calls')} className="border-t border-line">
          {shown.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}
