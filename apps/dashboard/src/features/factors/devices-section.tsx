import { useQuery } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { devicesQuery, forgetDevice, forgetDevices, useAccountChange } from '../account/queries.js';

/** The devices that are not asked for a second factor. */
export function DevicesSection() {
  const t = useText();
  const devices = useQuery(devicesQuery);
  const attempt = useAttempt();
  const forget = useAccountChange(forgetDevice);
  const forgetAll = useAccountChange(forgetDevices);
  const said = { done: t('factors.devicesForgotten'), failed: t('people.failed') };
  return (
    <Section
      title={t('factors.devices')}
      hint={t('factors.devicesHint')}
      actions={
        (devices.data?.length ?? 0) > 1 && (
          <Button
            onClick={() =>
              void attempt(
                () => forgetAll.mutateAsync((devices.data ?? []).map(({ id }) => id)),
                said,
              )
            }
          >
            {t('factors.devicesForgetAll')}
          </Button>
        )
      }
    >
      <Loaded query={devices} rows={1}>
        {(found) =>
          found.length === 0 ? (
            <p className="text-xs text-muted">{t('factors.devicesNone')}</p>
          ) : (
            <ul aria-label={t('factors.devices')} className="border-t border-line">
              {found.map((each) => {
                const name = each.device ?? t('factors.deviceUnknown');
                return (
                  <li
                    key={each.id}
                    className="flex min-h-14 items-center gap-3 border-b border-line py-2"
                  >
                    <Laptop
                      size={18}
                      strokeWidth={1.5}
                      className="shrink-0 text-subtle"
                      aria-hidden
                    />
                    <div className="min-w-0 flex-1">
                      <p className="truncate text-sm font-medium">{name}</p>
                      <p className="text-xs text-muted">
                        {t('factors.passkeyUsed')} <Time at={each.lastUsedAt} /> ·{' '}
                        {t('people.expires')} <Time at={each.expiresAt} />
                      </p>
                    </div>
                    <Button
                      aria-label={t('factors.deviceForgetNamed', { name })}
                      onClick={() => void attempt(() => forget.mutateAsync(each.id), said)}
                    >
                      {t('factors.deviceForget')}
                    </Button>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
