import { useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { SettingDialog } from '../desk-settings/setting-dialog.js';
import {
  changeEndpoint,
  createEndpoint,
  useWebhooksChanged,
  type EndpointBody,
} from './queries.js';
import { NewSecret } from './new-secret.js';
import { TypePicker } from './type-picker.js';
import type { WebhookEndpoint } from './types.js';

interface EndpointDialogProps {
  endpoint: WebhookEndpoint | null;
  onClose: () => void;
}

const fresh: EndpointBody = {
  url: '',
  description: '',
  types: [],
  payload: 'full',
  ordering: 'none',
  maxConcurrency: 5,
  ratePerSecond: 20,
};

/** Where events are sent to, and which ones; for a new endpoint its secret then, this once. */
export function EndpointDialog({ endpoint, onClose }: EndpointDialogProps) {
  const t = useText();
  const changed = useWebhooksChanged();
  const [secret, setSecret] = useState<string | null>(null);
  const isMade = useRef(false);
  const [body, setBody] = useState<EndpointBody>(() => bodyOf(endpoint ?? fresh));
  const set = (part: Partial<EndpointBody>) => setBody({ ...body, ...part });
  if (secret !== null) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={t('webhooks.created.title')}
        description={t('webhooks.created.body')}
      >
        <NewSecret secret={secret} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <SettingDialog
      wide
      title={t(endpoint ? 'webhooks.editTitle' : 'webhooks.create')}
      action={t(endpoint ? 'webhooks.save' : 'webhooks.create')}
      onClose={() => {
        // What was just made shows its secret first.
        if (!isMade.current) onClose();
      }}
      onSave={async () => {
        if (endpoint) await changeEndpoint(endpoint, body);
        else {
          const made = await createEndpoint(body);
          isMade.current = true;
          setSecret(made.secret);
        }
        await changed();
      }}
    >
      {(errors) => (
        <>
          <Field label={t('webhooks.url')} hint={t('webhooks.urlHint')} error={errors.url}>
            {(control) => (
              <input
                {...control}
                type="url"
                inputMode="url"
                value={body.url}
                onChange={({ target }) => set({ url: target.value })}
                maxLength={2000}
                autoComplete="off"
                spellCheck={false}
                data-autofocus
                dir="ltr"
                className="field"
              />
            )}
          </Field>
          <Field
            label={t('webhooks.description')}
            optional={t('field.optional')}
            error={errors.description}
          >
            {(control) => (
              <input
                {...control}
                value={body.description}
                onChange={({ target }) => set({ description: target.value })}
                maxLength={200}
                dir="auto"
                className="field"
              />
            )}
          </Field>
          <TypePicker
            chosen={body.types}
            error={errors.types}
            onChange={(types) => set({ types })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('webhooks.payload')} error={errors.payload}>
              {(control) => (
                <select
                  {...control}
                  value={body.payload}
                  onChange={({ target }) =>
                    set({ payload: target.value as EndpointBody['payload'] })
                  }
                  className="field"
                >
                  <option value="full">{t('webhooks.payload.full')}</option>
                  <option value="thin">{t('webhooks.payload.thin')}</option>
                </select>
              )}
            </Field>
            <Field
              label={t('webhooks.ordering')}
              hint={t('webhooks.orderingHint')}
              error={errors.ordering}
            >
              {(control) => (
                <select
                  {...control}
                  value={body.ordering}
                  onChange={({ target }) =>
                    set({ ordering: target.value as EndpointBody['ordering'] })
                  }
                  className="field"
                >
                  <option value="none">{t('webhooks.ordering.none')}</option>
                  <option value="subject">{t('webhooks.ordering.subject')}</option>
                </select>
              )}
            </Field>
            <Amount
              label={t('webhooks.concurrency')}
              most={20}
              value={body.maxConcurrency}
              error={errors.maxConcurrency}
              onChange={(maxConcurrency) => set({ maxConcurrency })}
            />
            <Amount
              label={t('webhooks.rate')}
              most={100}
              value={body.ratePerSecond}
              error={errors.ratePerSecond}
              onChange={(ratePerSecond) => set({ ratePerSecond })}
            />
          </div>
        </>
      )}
    </SettingDialog>
  );
}

function bodyOf(from: EndpointBody): EndpointBody {
  const { url, description, types, payload, ordering, maxConcurrency, ratePerSecond } = from;
  return { url, description, types, payload, ordering, maxConcurrency, ratePerSecond };
}

interface AmountProps {
  label: string;
  most: number;
  value: number;
  error: string | undefined;
  onChange: (value: number) => void;
}

function Amount({ label, most, value, error, onChange }: AmountProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          type="number"
          min={1}
          max={most}
          value={value || ''}
          onChange={({ target }) => onChange(Math.trunc(target.valueAsNumber) || 0)}
          className="field"
        />
      )}
    </Field>
  );
}
