import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Dialog } from '../../ui/dialog.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { NewSecret } from './new-secret.js';
import { endSecret, rotateSecret, secretsQuery, useWebhooksChanged } from './queries.js';
import type { WebhookSecret } from './types.js';

/** What deliveries are signed with: one secret, or two for a day. */
export function SecretsSection({ endpointId, writes }: { endpointId: string; writes: boolean }) {
  const t = useText();
  const attempt = useAttempt();
  const changed = useWebhooksChanged();
  const query = useQuery(secretsQuery(endpointId));
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [ending, setEnding] = useState<WebhookSecret | null>(null);
  const failed = t('webhooks.failed');
  const rotate = () =>
    void attempt(
      async () => {
        setMade(await rotateSecret(endpointId));
        await changed();
      },
      { failed },
    );
  return (
    <Section
      title={t('webhooks.secrets')}
      hint={t('webhooks.secretsHint')}
      actions={
        writes && (
          <Button onClick={() => setAsking(true)}>
            <KeyRound size={14} aria-hidden />
            {t('webhooks.rotate')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={1}>
        {(secrets) => (
          <ul aria-label={t('webhooks.secrets')} className="border-t border-line">
            {secrets.map((secret) => (
              <li
                key={secret.id}
                className="flex min-h-10 flex-wrap items-center gap-x-3 border-b border-line text-sm"
              >
                <code className="font-mono text-xs" dir="ltr">
                  {secret.id.slice(-8)}
                </code>
                <span className="flex-1 text-xs text-muted">
                  {t('webhooks.secretMade')} <Time at={secret.createdAt} /> ·{' '}
                  {secret.expiresAt ? (
                    <>
                      {t('webhooks.secretEnds')} <Time at={secret.expiresAt} />
                    </>
                  ) : (
                    t('webhooks.secretLasts')
                  )}
                </span>
                {writes && secret.expiresAt && (
                  <Button
                    variant="ghost"
                    aria-label={t('webhooks.endSecretOf', { id: secret.id.slice(-8) })}
                    onClick={() => setEnding(secret)}
                  >
                    {t('webhooks.endSecret')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        danger={false}
        title={t('webhooks.rotateTitle')}
        body={t('webhooks.rotateBody')}
        action={t('webhooks.rotate')}
        onConfirm={rotate}
      />
      <Confirm
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={t('webhooks.endTitle')}
        body={t('webhooks.endBody')}
        action={t('webhooks.endSecret')}
        onConfirm={() =>
          ending && void attempt(() => endSecret(endpointId, ending.id).then(changed), { failed })
        }
      />
      {made && (
        <Dialog
          open
          onOpenChange={() => setMade(null)}
          title={t('webhooks.rotated.title')}
          description={t('webhooks.rotated.body')}
        >
          <NewSecret secret={made} onClose={() => setMade(null)} />
        </Dialog>
      )}
    </Section>
  );
}
