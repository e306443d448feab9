import { useCallback } from 'react';
import { errorText } from '../messages/error-text.js';
import { useText } from '../messages/intl.js';
import { notify } from './notices.js';
import { isPlanRefusal, showRefusal } from './refusals.js';

interface Said {
  /** What is said when it worked; nothing, if the page shows it by itself. */
  done?: string;
  failed: string;
}

/** Does something and says how it went; true when it worked. */
export function useAttempt() {
  const t = useText();
  return useCallback(
    async (work: () => Promise<unknown>, { done, failed }: Said): Promise<boolean> => {
      try {
        await work();
        if (done) notify({ tone: 'done', title: done });
        return true;
      } catch (error) {
        // What the plan does not let be wants more words than a notice has, and something to do.
        if (isPlanRefusal(error)) showRefusal(error);
        else notify({ tone: 'failed', title: failed, detail: errorText(t, error) });
        return false;
      }
    },
    [t],
  );
}
