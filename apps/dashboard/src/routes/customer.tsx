import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Eraser, Merge } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { AddressesSection } from '../features/customers/addresses-section.js';
import { CompanyPicker } from '../features/customers/company-picker.js';
import { EraseDialog } from '../features/customers/erase-dialog.js';
import { MergeDialog } from '../features/customers/merge-dialog.js';
import {
  customerQuery,
  ownFieldsQuery,
  useCustomersChanged,
} from '../features/customers/queries.js';
import { RecordForm } from '../features/customers/record-form.js';
import type { Choice } from '../features/customers/server-picker.js';
import { TicketHistory } from '../features/customers/ticket-history.js';
import type { Customer, Tagged } from '../features/customers/types.js';
import { useRecord } from '../features/customers/use-record.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';

/** One customer: what is known of them, by which addresses, and everything that they have asked. */
export function CustomerRoute() {
  const t = useText();
  const { customerId } = useParams({ from: '/desk/customers/$customerId' });
  const query = useQuery(customerQuery(customerId));
  const writes = useCan('customers:write');
  const erases = useCan('customers:erase');
  const [asked, setAsked] = useState<'merge' | 'erase' | null>(null);
  const close = () => setAsked(null);
  const customer = query.data?.thing;
  const stands = customer?.mergedIntoId === null && customer.erasedAt === null;
  const changes = writes && stands;
  return (
    <Page
      title={customer?.name ?? t('customers.customer')}
      intro={stands ? customer.email : undefined}
      actions={
        stands && (
          <>
            {writes && (
              <Button onClick={() => setAsked('merge')}>
                <Merge size={15} aria-hidden />
                {t('customers.mergeInto')}
              </Button>
            )}
            {erases && (
              <Button onClick={() => setAsked('erase')}>
                <Eraser size={15} aria-hidden />
                {t('customers.erase')}
              </Button>
            )}
          </>
        )
      }
    >
      <nav aria-label={t('customers.back')} className="-mt-4 mb-5 flex flex-wrap gap-4 text-sm">
        <Link to="/customers" search={{}} className="text-accent-text hover:underline">
          {t('customers.all')}
        </Link>
        {customer?.company && (
          <Link
            to="/companies/$companyId"
            params={{ companyId: customer.company.id }}
            className="text-accent-text hover:underline"
          >
            <bdi>{customer.company.name}</bdi>
          </Link>
        )}
      </nav>
      <Allowed right="customers:read">
        <Loaded query={query} rows={4} skeleton={fieldSkeleton}>
          {(tagged) => (
            <>
              <Details key={customerId} tagged={tagged} writes={changes} />
              <TicketHistory of={{ requesterId: customerId }} />
            </>
          )}
        </Loaded>
      </Allowed>
      {asked === 'merge' && customer && <MergeDialog customer={customer} onClose={close} />}
      {asked === 'erase' && customer && <EraseDialog customer={customer} onClose={close} />}
    </Page>
  );
}

function Details({ tagged, writes }: { tagged: Tagged<Customer>; writes: boolean }) {
  const t = useText();
  const { thing: customer, etag } = tagged;
  const changed = useCustomersChanged();
  const { data: fields = [] } = useQuery(ownFieldsQuery('customer'));
  const [picked, setPicked] = useState<Choice | null>(null);
  const record = useRecord({
    path: `/customers/${customer.id}`,
    etag,
    saved: {
      name: customer.name,
      notes: customer.notes,
      companyId: customer.company?.id ?? null,
      ...Object.fromEntries(
        Object.entries(customer.fields).map(([key, value]) => [`fields.${key}`, value]),
      ),
    },
    onSaved: changed,
  });
  const companyId = record.read('companyId');
  const company = companyId === picked?.id ? picked : customer.company;
  if (customer.mergedIntoId)
    return (
      <p role="status" className="rounded-lg border border-note-line bg-note px-3 py-2 text-sm">
        {t('customers.isMerged')}{' '}
        <Link
          to="/customers/$customerId"
          params={{ customerId: customer.mergedIntoId }}
          className="font-medium underline"
        >
          {t('customers.toMerged')}
        </Link>
      </p>
    );
  if (customer.erasedAt)
    return (
      <p
        role="status"
        className="mb-5 rounded-lg border border-note-line bg-note px-3 py-2 text-sm"
      >
        {t('customers.isErased')}
      </p>
    );
  return (
    <>
      <Section title={t('customers.details')}>
        <RecordForm
          record={record}
          fields={fields}
          writes={writes}
          label={t('customers.details')}
          nameOf={(field) =>
            field === 'notes'
              ? t('customers.notes')
              : t(field === 'companyId' ? 'customers.company' : 'customers.name')
          }
          wordsOf={(field, value) => {
            if (field !== 'companyId' || typeof value !== 'string') return null;
            return (
              [picked, customer.company].find((one) => one?.id === value)?.name ??
              t('customers.otherCompany')
            );
          }}
        >
          <CompanyPicker
            company={companyId === null ? null : company}
            error={record.errors.companyId}
            onPick={(choice) => {
              setPicked(choice);
              record.set('companyId', choice?.id ?? null);
            }}
          />
        </RecordForm>
      </Section>
      <AddressesSection customer={customer} writes={writes} />
    </>
  );
}
