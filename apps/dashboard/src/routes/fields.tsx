import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { ListPlus, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useCan } from '../features/auth/queries.js';
import { FieldDialog } from '../features/desk-settings/field-dialog.js';
import { fieldsQuery, useSettingChanged } from '../features/desk-settings/queries.js';
import { SettingRows } from '../features/desk-settings/setting-rows.js';
import {
  fieldSubjects,
  type CustomField,
  type FieldSubject,
} from '../features/desk-settings/types.js';
import { useOrder } from '../features/desk-settings/use-order.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';

/** What the organization wants to know of tickets, customers and companies beyond what everybody does. */
export function FieldsRoute() {
  const t = useText();
  const writes = useCan('desk:write');
  const changed = useSettingChanged('custom-fields');
  const [subject, setSubject] = useState<FieldSubject>('ticket');
  const move = useOrder<CustomField>('/custom-fields', 'custom-fields');
  const query = useQuery(fieldsQuery(subject));
  const [open, setOpen] = useState<CustomField | 'new' | null>(null);
  const fields = (query.data ?? [])
    .filter(({ archivedAt }) => !archivedAt)
    .toSorted((a, b) => a.position - b.position);
  return (
    <PageBody
      title={t('pages.fields')}
      intro={t('fields.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('fields.create')}
          </Button>
        )
      }
    >
      <Allowed right="tickets:read">
        <div role="group" aria-label={t('fields.subject')} className="mb-4 flex flex-wrap gap-2">
          {fieldSubjects.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === subject}
              onClick={() => setSubject(each)}
              className={clsx(
                'min-h-8 rounded-full border px-3 text-sm',
                each === subject
                  ? 'border-accent bg-selected font-medium text-text'
                  : 'border-line text-muted hover:bg-hover hover:text-text',
              )}
            >
              {t(`fields.subject.${each}`)}
            </button>
          ))}
        </div>
        <Loaded query={query}>
          {() =>
            fields.length === 0 ? (
              <EmptyState icon={ListPlus} title={t('fields.empty')} body={t('fields.emptyHint')} />
            ) : (
              <SettingRows
                label={t(`fields.subject.${subject}`)}
                items={fields}
                badges={(field) => (
                  <>
                    <Badge>{t(`fields.kind.${field.kind}`)}</Badge>
                    {field.requiredOnSolve && (
                      <Badge tone="warn">{t('fields.requiredBadge')}</Badge>
                    )}
                  </>
                )}
                about={(field) => (
                  <>
                    {field.description && <bdi className="block">{field.description}</bdi>}
                    <code dir="ltr" className="font-mono text-subtle">
                      {field.key}
                    </code>
                  </>
                )}
                writes={() => writes}
                onEdit={setOpen}
                onMove={(from, to) => void move(fields, from, to)}
                removal="archive"
                onRemove={async ({ id }) => {
                  await call('DELETE', `/custom-fields/${id}`);
                  await changed();
                }}
              />
            )
          }
        </Loaded>
      </Allowed>
      {open && (
        <FieldDialog
          field={open === 'new' ? null : open}
          subject={subject}
          position={(fields.at(-1)?.position ?? 0) + 1}
          onClose={() => setOpen(null)}
        />
      )}
    </PageBody>
  );
}
