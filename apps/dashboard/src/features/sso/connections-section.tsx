import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SsoConnection } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { CopyField } from '../../ui/copy-field.js';
import { IconButton } from '../../ui/icon-button.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { ConnectionDialog } from './connection-dialog.js';
import { connectionsQuery, deleteConnection, useSsoChange } from './queries.js';

/** The providers that people sign in with. */
export function ConnectionsSection({ writes }: { writes: boolean }) {
  const t = useText();
  const connections = useQuery(connectionsQuery);
  const attempt = useAttempt();
  const remove = useSsoChange(deleteConnection);
  const [open, setOpen] = useState<SsoConnection | 'new' | null>(null);
  const [deleting, setDeleting] = useState<SsoConnection | null>(null);
  return (
    <Section
      title={t('ssoSettings.connections')}
      hint={t('ssoSettings.connectionHint')}
      actions={
        writes && (
          <Button onClick={() => setOpen('new')}>
            <Plus size={14} aria-hidden />
            {t('ssoSettings.connectionAdd')}
          </Button>
        )
      }
    >
      <Loaded query={connections} rows={1}>
        {(found) =>
          found.length === 0 ? (
            <p className="text-xs text-muted">{t('ssoSettings.connectionsEmpty')}</p>
          ) : (
            <ul aria-label={t('ssoSettings.connections')} className="border-t border-line">
              {found.map((each) => (
                <li key={each.id} className="border-b border-line py-3">
                  <div className="flex items-center gap-2">
                    <div className="min-w-0 flex-1">
                      <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                        <bdi className="truncate">{each.name}</bdi>
                        <Badge tone={each.enabled ? 'good' : 'plain'}>
                          {t(each.enabled ? 'ssoSettings.enabled' : 'ssoSettings.disabled')}
                        </Badge>
                      </p>
                      <p className="truncate text-xs text-muted" dir="ltr">
                        {each.issuer}
                      </p>
                    </div>
                    {writes && (
                      <>
                        <IconButton
                          label={t('ssoSettings.connectionEdit', { name: each.name })}
                          onClick={() => setOpen(each)}
                        >
                          <Pencil size={15} aria-hidden />
                        </IconButton>
                        <IconButton
                          label={t('ssoSettings.connectionDelete', { name: each.name })}
                          onClick={() => setDeleting(each)}
                        >
                          <Trash2 size={15} aria-hidden />
                        </IconButton>
                      </>
                    )}
                  </div>
                  <div className="mt-2">
                    <CopyField
                      label={t('ssoSettings.redirect')}
                      value={each.redirectUri}
                      shownLabel
                    />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && (
        <ConnectionDialog connection={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
      <Confirm
        open={deleting !== null}
        onOpenChange={(next) => !next && setDeleting(null)}
        title={t('ssoSettings.connectionDeleteTitle', { name: deleting?.name ?? '' })}
        body={t('ssoSettings.connectionDeleteBody')}
        action={t('action.delete')}
        onConfirm={() =>
          deleting &&
          void attempt(() => remove.mutateAsync(deleting.id), { failed: t('people.failed') })
        }
      />
    </Section>
  );
}
