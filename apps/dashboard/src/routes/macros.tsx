import { Plus, Wand } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { actionTypes } from '../features/desk-settings/macro-actions.js';
import { MacroDialog } from '../features/desk-settings/macro-dialog.js';
import { macrosQuery } from '../features/desk-settings/queries.js';
import { SharedList } from '../features/desk-settings/shared-list.js';
import type { Macro } from '../features/desk-settings/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { PageBody } from '../ui/page.js';

/** Several changes of a ticket in one. */
export function MacrosRoute() {
  const t = useText();
  const writes = useCan('tickets:write');
  const [open, setOpen] = useState<Macro | 'new' | null>(null);
  return (
    <PageBody
      title={t('pages.macros')}
      intro={t('macros.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('macros.create')}
          </Button>
        )
      }
    >
      <Allowed right="tickets:read">
        <SharedList
          query={macrosQuery}
          path="/macros"
          invalidates="macros"
          label={t('pages.macros')}
          empty={{ icon: Wand, title: t('macros.empty'), body: t('macros.emptyHint') }}
          about={({ description, actions }) => (
            <>
              {description && <bdi className="block">{description}</bdi>}
              {actionTypes
                .filter((type) => actions.some((action) => action.type === type))
                .map((type) => t(`macros.action.${type}`))
                .join(' · ')}
            </>
          )}
          onEdit={setOpen}
        />
      </Allowed>
      {open && <MacroDialog macro={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}
