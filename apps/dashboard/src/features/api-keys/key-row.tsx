import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Ellipsis } from 'lucide-react';
import type { ApiKey } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button, buttonClass } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, MenuItem } from '../../ui/menu.js';
import { Time } from '../../ui/time.js';

/** What can be done about a key. */
export type KeyAction = 'edit' | 'rotate' | 'revoke';

function keyState(key: ApiKey): 'active' | 'expired' | 'revoked' {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && new Date(key.expiresAt).getTime() < Date.now() ? 'expired' : 'active';
}

interface KeyRowProps {
  apiKey: ApiKey;
  /** Missing when the person may not change keys. */
  onAction: ((action: KeyAction) => void) | undefined;
}

/** One key: what it is for, what it may do, where from, and its secrets. */
export function KeyRow({ apiKey, onAction }: KeyRowProps) {
  const t = useText();
  const state = keyState(apiKey);
  const { name } = apiKey;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-3">
      <div className={clsx('min-w-0 flex-1 basis-60', state !== 'active' && 'text-muted')}>
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi className="min-w-0 truncate">{name}</bdi>
          {apiKey.environment === 'test' && <Badge>{t('apiKeys.environment.test')}</Badge>}
          {state !== 'active' && <Badge>{t(`apiKeys.state.${state}`)}</Badge>}
          {state === 'active' && !apiKey.hasLiveSecret && (
            <Badge tone="warn">{t('apiKeys.noSecret')}</Badge>
          )}
        </p>
        <p className="mt-0.5 text-xs text-muted">
          {apiKey.lastUsedAt ? t('apiKeys.used') : t('apiKeys.neverUsed')}{' '}
          {apiKey.lastUsedAt && <Time at={apiKey.lastUsedAt} />}
          {apiKey.createdBy && <> · {t('apiKeys.by', { name: apiKey.createdBy.name })}</>}
          {apiKey.allowedNetworks.length > 0 && (
            <>
              {' · '}
              {t('apiKeys.networksShown', { networks: apiKey.allowedNetworks.join(', ') })}
            </>
          )}
        </p>
        {state === 'active' && <Secrets apiKey={apiKey} />}
        <ul aria-label={t('apiKeys.scopes')} className="mt-2 flex flex-wrap gap-1">
          {apiKey.scopes.map((scope) => (
            <li
              key={scope}
              className="rounded-md bg-sunken px-1.5 font-mono text-2xs leading-5 text-muted"
              dir="ltr"
            >
              {scope}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Link
          to="/api-keys/$keyId"
          params={{ keyId: apiKey.id }}
          aria-label={t('apiKeys.callsOf', { name })}
          className={buttonClass()}
        >
          {t('apiKeys.calls')}
        </Link>
        {state === 'active' && onAction && (
          <>
            <Button
              onClick={() => onAction('revoke')}
              aria-label={t('apiKeys.revokeNamed', { name })}
            >
              {t('apiKeys.revoke')}
            </Button>
            <Menu
              align="end"
              trigger={
                <IconButton label={t('action.actionsOf', { name })}>
                  <Ellipsis size={16} aria-hidden />
                </IconButton>
              }
            >
              <MenuItem onSelect={() => onAction('edit')}>{t('apiKeys.edit')}</MenuItem>
              <MenuItem onSelect={() => onAction('rotate')}>{t('apiKeys.rotate')}</MenuItem>
            </Menu>
          </>
        )}
      </div>
    </li>
  );
}

function Secrets({ apiKey }: { apiKey: ApiKey }) {
  const t = useText();
  const live = apiKey.secrets.filter((secret) => secret.endedAt === null);
  if (live.length === 0) {
    return <p className="mt-1 text-xs text-muted">{t('apiKeys.noSecretHint')}</p>;
  }
  return (
    <ul aria-label={t('apiKeys.secrets')} className="mt-1 space-y-0.5 text-xs text-muted">
      {live.map((secret) => (
        <li key={secret.id}>
          <code className="font-mono" dir="ltr">
            {secret.prefix}…
          </code>
          {secret.issuedTo && <> · {t('apiKeys.issuedTo', { name: secret.issuedTo.name })}</>}
          {secret.expiresAt && (
            <>
              {' '}
              · {t('apiKeys.secretEnds')} <Time at={secret.expiresAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
