import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Field } from '../../ui/field.js';
import { LoadMore } from '../../ui/load-more.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { SettingDialog } from '../desk-settings/setting-dialog.js';
import { replayMany, replaysQuery, useWebhooksChanged } from './queries.js';
import type { WebhookReplay } from './types.js';

/** The stretches of the log that were sent again, and how far each has come. Nothing, while there is none. */
export function Replays({ endpointId }: { endpointId: string }) {
  const t = useText();
  const query = useInfiniteQuery(replaysQuery(endpointId));
  const replays = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (replays.length === 0) return null;
  return (
    <Section title={t('webhooks.replays')}>
      <ul aria-label={t('webhooks.replays')} className="border-t border-line">
        {replays.map((replay) => (
          <Row key={replay.id} replay={replay} />
        ))}
      </ul>
      <LoadMore query={query} />
    </Section>
  );
}

function Row({ replay }: { replay: WebhookReplay }) {
  const t = useText();
  const { fromSeq, toSeq, atSeq, status } = replay;
  const name = t('webhooks.replayOf', { from: fromSeq, to: toSeq });
  const whole = toSeq - fromSeq + 1;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-sm">
      <span className="min-w-0 flex-1">{name}</span>
      {status === 'running' && (
        <progress
          aria-label={name}
          value={whole > 0 ? Math.min(1, Math.max(0, (atSeq - fromSeq + 1) / whole)) : 1}
          className="h-2 w-24 accent-accent"
        />
      )}
      <span className="text-xs text-muted">{t('webhooks.replayMade', { count: replay.made })}</span>
      <Badge tone={status === 'done' ? 'good' : 'plain'}>{t(`webhooks.replay.${status}`)}</Badge>
      <Time at={replay.createdAt} className="w-20 text-end text-xs text-subtle" />
    </li>
  );
}

interface ReplayDialogProps {
  endpointId: string;
  /** The last event that was looked at for it. */
  atSeq: number;
  onClose: () => void;
}

/** How far back it begins, unless something else is said. */
const usual = 100;

/** Asks which stretch of the log is sent again. */
export function ReplayDialog({ endpointId, atSeq, onClose }: ReplayDialogProps) {
  const t = useText();
  const changed = useWebhooksChanged();
  const [from, setFrom] = useState(String(Math.max(1, atSeq - usual + 1)));
  const [to, setTo] = useState('');
  return (
    <SettingDialog
      title={t('webhooks.replayTitle')}
      action={t('webhooks.replay')}
      onClose={onClose}
      onSave={async () => {
        await replayMany(endpointId, {
          fromSeq: Number(from),
          ...(to !== '' && { toSeq: Number(to) }),
        });
        await changed();
      }}
    >
      {(errors) => (
        <>
          <p className="text-sm text-muted">{t('webhooks.replayHint')}</p>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('webhooks.replayFrom')} error={errors.fromSeq}>
              {(control) => (
                <input
                  {...control}
                  inputMode="numeric"
                  value={from}
                  onChange={({ target }) => setFrom(target.value.replaceAll(/\D/g, ''))}
                  data-autofocus
                  dir="ltr"
                  className="field"
                />
              )}
            </Field>
            <Field
              label={t('webhooks.replayTo')}
              hint={t('webhooks.replayToHint')}
              optional={t('field.optional')}
              error={errors.toSeq}
            >
              {(control) => (
                <input
                  {...control}
                  inputMode="numeric"
                  value={to}
                  onChange={({ target }) => setTo(target.value.replaceAll(/\D/g, ''))}
                  dir="ltr"
                  className="field"
                />
              )}
            </Field>
          </div>
        </>
      )}
    </SettingDialog>
  );
}
