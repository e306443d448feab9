import { CloudOff } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { useLiveState } from './live.js';

/** Says that the line is down, and nothing at all while it is up. */
export function OfflineBar() {
  const t = useText();
  const offline = useLiveState() === 'offline';
  return (
    <div role="status">
      {offline && (
        <p className="appear flex items-center justify-center gap-2 border-b border-note-line bg-note px-4 py-1.5 text-xs text-text">
          <CloudOff size={14} aria-hidden />
          {t('live.offline')}
        </p>
      )}
    </div>
  );
}
