import { useEffect } from 'react';
import { useText } from '../messages/intl.js';

/** Names the browser's tab, and with it the page for assistive technology. */
export function useTitle(title: string): void {
  const t = useText();
  useEffect(() => {
    document.title = t('app.title', { page: title });
  }, [t, title]);
}
