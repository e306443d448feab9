import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { apiKeysQuery } from '../features/api-keys/queries.js';
import { RequestLog } from '../features/request-log/request-log.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { buttonClass } from '../ui/button.js';
import { Page } from '../ui/page.js';

/** What a key asked for of late, and what it was answered. */
export function ApiKeyCallsRoute() {
  const t = useText();
  const { keyId } = useParams({ from: '/desk/api-keys/$keyId' });
  const name = useInfiniteQuery(apiKeysQuery)
    .data?.pages.flatMap((page) => page.data)
    .find((key) => key.id === keyId)?.name;
  return (
    <Page
      title={name ? t('apiKeys.callsOf', { name }) : t('apiKeys.calls')}
      intro={t('apiKeys.callsIntro')}
      actions={
        <Link to="/api-keys" className={buttonClass()}>
          <ArrowLeft size={14} className="rtl:-scale-x-100" aria-hidden />
          {t('apiKeys.callsBack')}
        </Link>
      }
    >
      <Allowed right="apiKeys:read">
        <RequestLog keyId={keyId} />
      </Allowed>
    </Page>
  );
}
