import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Time } from '../../ui/time.js';
import { CustomerCard } from '../ticket-details/customer-card.js';
import { CustomFields } from '../ticket-details/custom-fields.js';
import { TicketLinks } from '../ticket-details/ticket-links.js';
import { TicketProperties } from '../ticket-details/ticket-properties.js';
import { TicketTimeline } from '../ticket-details/ticket-timeline.js';
import type { TicketActions } from './actions.js';
import type { DeepTicket } from './ticket-types.js';

interface TicketDetailsProps {
  ticket: DeepTicket;
  actions: TicketActions;
  writes: boolean;
}

const tabs = ['details', 'timeline'] as const;

/** Everything about a ticket that is not said in it. */
export function TicketDetails(props: TicketDetailsProps) {
  const t = useText();
  const id = useId();
  const [tab, setTab] = useState<(typeof tabs)[number]>('details');
  const { ticket } = props;
  return (
    <div className="flex flex-col gap-4">
      <div
        role="tablist"
        aria-label={t('details.parts')}
        className="flex gap-1 rounded-lg bg-sunken p-0.5"
      >
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            aria-selected={each === tab}
            aria-controls={`${id}-panel`}
            tabIndex={each === tab ? 0 : -1}
            onClick={() => setTab(each)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
              const other = tabs.find((one) => one !== tab)!;
              setTab(other);
              document.getElementById(`${id}-${other}`)?.focus();
            }}
            className={clsx(
              'h-7 flex-1 rounded-md text-xs font-medium',
              each === tab ? 'bg-surface text-text shadow-small' : 'text-muted hover:text-text',
            )}
          >
            {t(`details.${each}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {tab === 'timeline' ? <TicketTimeline ticketId={ticket.id} /> : <Details {...props} />}
      </div>
    </div>
  );
}

function Details({ ticket, actions, writes }: TicketDetailsProps) {
  const t = useText();
  return (
    <div className="flex flex-col gap-4">
      <CustomerCard ticket={ticket} />
      <div className="-mx-2 flex flex-col gap-4">
        <TicketProperties ticket={ticket} actions={actions} writes={writes} />
        <CustomFields ticket={ticket} actions={actions} writes={writes} />
        <TicketLinks ticket={ticket} writes={writes} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t border-line pt-4 text-xs">
        <dt className="text-muted">{t('field.channel')}</dt>
        <dd className="text-end">{t(`channel.${ticket.channel}`)}</dd>
        <dt className="text-muted">{t('field.created')}</dt>
        <dd className="text-end">
          <Time at={ticket.createdAt} />
        </dd>
        <dt className="text-muted">{t('field.updated')}</dt>
        <dd className="text-end">
          <Time at={ticket.updatedAt} />
        </dd>
        {ticket.closedAt && (
          <>
            <dt className="text-muted">{t('field.closed')}</dt>
            <dd className="text-end">
              <Time at={ticket.closedAt} />
            </dd>
          </>
        )}
        {ticket.cc.length > 0 && (
          <>
            <dt className="text-muted">{t('recipients.cc')}</dt>
            <dd className="min-w-0 text-end break-words">
              <bdi>{ticket.cc.join(', ')}</bdi>
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
