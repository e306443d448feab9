import type { SavedView } from '../../api/desk-types.js';
import { useCan } from '../auth/queries.js';

/** True when the person may change the view: their own always, a shared one with the right to the desk. */
export function useMayChangeView(view: Pick<SavedView, 'scope'> | undefined): boolean {
  const desk = useCan('desk:write');
  return view !== undefined && (view.scope === 'personal' || desk);
}
