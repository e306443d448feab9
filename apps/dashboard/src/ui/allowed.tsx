import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../features/auth/queries.js';
import { useText } from '../messages/intl.js';
import { EmptyState } from './states.js';

/** Its content for whoever holds the right; for everybody else, a word that it exists. */
export function Allowed({ right, children }: { right: string; children: ReactNode }) {
  const t = useText();
  if (useCan(right)) return children;
  return <EmptyState icon={Lock} title={t('state.denied.title')} body={t('state.denied.body')} />;
}
