import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Ellipsis, Pencil, Send } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { Deliveries } from '../features/webhooks/deliveries.js';
import { EndpointDialog } from '../features/webhooks/endpoint-dialog.js';
import { EndpointBadge, EndpointNews } from '../features/webhooks/endpoint-state.js';
import {
  changeEndpoint,
  endpointQuery,
  ping,
  removeEndpoint,
  useWebhooksChanged,
} from '../features/webhooks/queries.js';
import { ReplayDialog, Replays } from '../features/webhooks/replays.js';
import { SecretsSection } from '../features/webhooks/secrets-section.js';
import type { WebhookEndpoint } from '../features/webhooks/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button, buttonClass } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { IconButton } from '../ui/icon-button.js';
import { Loaded } from '../ui/loaded.js';
import { Menu, MenuItem, MenuLine } from '../ui/menu.js';
import { PageBody } from '../ui/page.js';

/** One endpoint: how it does, what was sent to it, and its secrets. */
export function WebhookRoute() {
  const t = useText();
  const { endpointId } = useParams({ from: '/desk/settings/webhooks/$endpointId' });
  const search = useSearch({ from: '/desk/settings/webhooks/$endpointId' });
  const writes = useCan('webhooks:write');
  const query = useQuery(endpointQuery(endpointId));
  const endpoint = query.data;
  return (
    <>
      <Link to="/settings/webhooks" className={buttonClass('ghost', 'mb-3 -ms-3')}>
        <ArrowLeft size={14} className="rtl:-scale-x-100" aria-hidden />
        {t('webhooks.back')}
      </Link>
      <PageBody
        title={endpoint?.url ?? t('webhooks.title')}
        intro={endpoint?.description}
        actions={endpoint && writes && <Actions endpoint={endpoint} />}
      >
        <Allowed right="webhooks:read">
          <Loaded query={query}>
            {(found) => (
              <>
                <div className="mb-6 flex flex-wrap items-center gap-3 text-xs text-muted">
                  <EndpointBadge endpoint={found} />
                  <EndpointNews endpoint={found} />
                  <span>{t('webhooks.place', { seq: found.atSeq })}</span>
                </div>
                <Deliveries endpointId={endpointId} search={search} />
                <Replays endpointId={endpointId} />
                <SecretsSection endpointId={endpointId} writes={writes} />
              </>
            )}
          </Loaded>
        </Allowed>
      </PageBody>
    </>
  );
}

function Actions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useText();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const changed = useWebhooksChanged();
  const [open, setOpen] = useState<'edit' | 'replay' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const failed = t('webhooks.failed');
  const { id, url, isEnabled } = endpoint;
  const remove = async () => {
    await removeEndpoint(endpoint);
    await navigate({ to: '/settings/webhooks' });
    await changed();
  };
  return (
    <div className="flex flex-wrap gap-2">
      {isEnabled && (
        <Button
          onClick={() =>
            void attempt(() => ping(id).then(changed), { done: t('webhooks.pinged'), failed })
          }
        >
          <Send size={14} aria-hidden />
          {t('webhooks.ping')}
        </Button>
      )}
      <Button onClick={() => setOpen('edit')}>
        <Pencil size={14} aria-hidden />
        {t('webhooks.edit')}
      </Button>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('action.actionsOf', { name: url })}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem
          onSelect={() =>
            void attempt(() => changeEndpoint(endpoint, { isEnabled: !isEnabled }).then(changed), {
              failed,
            })
          }
        >
          {t(isEnabled ? 'webhooks.turnOff' : 'webhooks.turnOn')}
        </MenuItem>
        {isEnabled && (
          <MenuItem onSelect={() => setOpen('replay')}>{t('webhooks.replayMany')}</MenuItem>
        )}
        <MenuLine />
        <MenuItem onSelect={() => setOpen('delete')}>{t('webhooks.delete')}</MenuItem>
      </Menu>
      {open === 'edit' && <EndpointDialog endpoint={endpoint} onClose={close} />}
      {open === 'replay' && <ReplayDialog endpointId={id} atSeq={endpoint.atSeq} onClose={close} />}
      <Confirm
        open={open === 'delete'}
        onOpenChange={(shown) => !shown && close()}
        title={t('webhooks.deleteTitle')}
        body={t('webhooks.deleteBody', { url })}
        action={t('webhooks.delete')}
        onConfirm={() => void attempt(remove, { done: t('webhooks.deleted'), failed })}
      />
    </div>
  );
}
