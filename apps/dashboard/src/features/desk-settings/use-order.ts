import { useCallback } from 'react';
import { call } from '../../api/call.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { useSettingChanged } from './queries.js';

/** Moves one of `items` to another place: each whose place is another then is told its own. */
export function useOrder<T extends { id: string; position: number }>(path: string, key: string) {
  const t = useText();
  const attempt = useAttempt();
  const changed = useSettingChanged(key);
  return useCallback(
    (items: T[], from: number, to: number) => {
      const order = items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
      return attempt(
        async () => {
          for (const [at, item] of order.entries()) {
            if (item.position === at + 1) continue;
            await call('PATCH', `${path}/${item.id}`, { body: { position: at + 1 } });
          }
          await changed();
        },
        { failed: t('deskSettings.failed') },
      );
    },
    [attempt, changed, path, t],
  );
}
