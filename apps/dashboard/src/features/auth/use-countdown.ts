import { useEffect, useState } from 'react';
import { ApiError } from '../../api/error.js';
import { useText } from '../../messages/intl.js';

/** Seconds until something that was throttled may be tried again, 0 when it may; and what to say of it until then. */
export function useCountdown() {
  const t = useText();
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) setUntil(0);
    }, 500);
    return () => clearInterval(timer);
  }, [until]);
  /** Starts when the error says how long to wait; tells whether it did. */
  const start = (error: unknown): boolean => {
    if (!(error instanceof ApiError) || error.status !== 429 || !error.retryAfter) return false;
    setNow(Date.now());
    setUntil(Date.now() + error.retryAfter * 1000);
    return true;
  };
  const said = seconds > 0 ? t('signIn.throttled', { seconds }) : undefined;
  return { seconds, said, start };
}
