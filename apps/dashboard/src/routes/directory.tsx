import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CreateKeyDialog } from '../features/api-keys/create-key-dialog.js';
import { apiKeysQuery } from '../features/api-keys/queries.js';
import { useCan } from '../features/auth/queries.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { CopyField } from '../ui/copy-field.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { Time } from '../ui/time.js';

const scope = 'directory:write';

/** How a directory keeps the people of the organization in step. */
export function DirectoryRoute() {
  const t = useText();
  const readsKeys = useCan('apiKeys:read');
  return (
    <PageBody title={t('pages.directory')} intro={t('directory.intro')}>
      <Allowed right="security:read">
        <Section title={t('directory.url')} hint={t('directory.urlHint')}>
          <CopyField
            label={t('directory.url')}
            value={`${window.location.origin}/api/v1/scim/v2`}
          />
        </Section>
        {readsKeys && <TokenSection />}
        <Section title={t('directory.how')}>
          <ul className="list-disc space-y-1 ps-5 text-sm text-muted">
            <li>{t('directory.how1')}</li>
            <li>{t('directory.how2')}</li>
            <li>{t('directory.how3')}</li>
          </ul>
        </Section>
      </Allowed>
    </PageBody>
  );
}

function TokenSection() {
  const t = useText();
  const creates = useCan(scope);
  const writes = useCan('apiKeys:write');
  const query = useInfiniteQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const keys = query.data?.pages
    .flatMap((page) => page.data)
    .filter((key) => !key.revokedAt && key.scopes.some((each) => each === scope));
  return (
    <Section
      title={t('directory.token')}
      hint={t('directory.tokenHint', { scope })}
      actions={
        writes &&
        creates && <Button onClick={() => setCreating(true)}>{t('directory.tokenCreate')}</Button>
      }
    >
      {keys?.length === 0 && <p className="text-xs text-muted">{t('directory.keysNone')}</p>}
      {keys && keys.length > 0 && (
        <ul aria-label={t('directory.keys')} className="border-t border-line">
          {keys.map((key) => (
            <li key={key.id} className="border-b border-line py-2">
              <p className="text-sm font-medium">
                <bdi>{key.name}</bdi>
              </p>
              <p className="text-xs text-muted">
                {key.lastUsedAt ? (
                  <>
                    {t('apiKeys.used')} <Time at={key.lastUsedAt} />
                  </>
                ) : (
                  t('apiKeys.neverUsed')
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {creating && <CreateKeyDialog scopes={[scope]} onClose={() => setCreating(false)} />}
    </Section>
  );
}
