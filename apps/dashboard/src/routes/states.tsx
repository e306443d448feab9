import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useCan } from '../features/auth/queries.js';
import { statesQuery, useSettingChanged } from '../features/desk-settings/queries.js';
import { SettingRows } from '../features/desk-settings/setting-rows.js';
import { StateDialog } from '../features/desk-settings/state-dialog.js';
import { categories, type State } from '../features/desk-settings/types.js';
import { useOrder } from '../features/desk-settings/use-order.js';
import { StatusIcon } from '../features/tickets/status.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';

/** The states that a ticket can be in, by which of the five each counts as. */
export function StatesRoute() {
  const t = useText();
  const writes = useCan('desk:write');
  const changed = useSettingChanged('ticket-states');
  const move = useOrder<State>('/ticket-states', 'ticket-states');
  const query = useQuery(statesQuery);
  const [open, setOpen] = useState<State | 'new' | null>(null);
  return (
    <PageBody
      title={t('pages.states')}
      intro={t('states.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('states.create')}
          </Button>
        )
      }
    >
      <Allowed right="tickets:read">
        <Loaded query={query} rows={5}>
          {(all) => {
            const states = all
              .filter(({ archivedAt }) => !archivedAt)
              .toSorted((a, b) => a.position - b.position);
            return categories.map((category) => (
              <section key={category} aria-label={t(`status.${category}`)} className="mb-6">
                <h2 className="mb-2 flex items-center gap-2 text-sm font-medium">
                  <StatusIcon status={category} />
                  {t(`status.${category}`)}
                </h2>
                <SettingRows
                  label={t(`status.${category}`)}
                  items={states.filter((state) => state.category === category)}
                  badges={(state) => state.isDefault && <Badge>{t('deskSettings.default')}</Badge>}
                  about={() => null}
                  writes={() => writes}
                  onEdit={setOpen}
                  // One order for all: within a category it is the order of those between them.
                  onMove={(from, to) => {
                    const own = states.filter((state) => state.category === category);
                    void move(states, states.indexOf(own[from]!), states.indexOf(own[to]!));
                  }}
                  removal="archive"
                  stays={(state) => state.isDefault}
                  onRemove={async ({ id }) => {
                    await call('DELETE', `/ticket-states/${id}`);
                    await changed();
                  }}
                />
              </section>
            ));
          }}
        </Loaded>
      </Allowed>
      {open && <StateDialog state={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}
