import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useCan } from '../features/auth/queries.js';
import { DomainsField, domainsOf } from '../features/customers/domains-field.js';
import {
  companyQuery,
  customersQuery,
  ownFieldsQuery,
  useCustomersChanged,
} from '../features/customers/queries.js';
import { RecordForm } from '../features/customers/record-form.js';
import { TicketHistory } from '../features/customers/ticket-history.js';
import type { Company, Tagged } from '../features/customers/types.js';
import { useRecord } from '../features/customers/use-record.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { LoadMore } from '../ui/load-more.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { CustomerRow } from './customers.js';

/** One company: what is known of it, who works there, and everything that they have asked. */
export function CompanyRoute() {
  const t = useText();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const changed = useCustomersChanged();
  const { companyId } = useParams({ from: '/desk/companies/$companyId' });
  const query = useQuery(companyQuery(companyId));
  const writes = useCan('customers:write');
  const [deleting, setDeleting] = useState(false);
  const company = query.data?.thing;
  const remove = async () => {
    await call('DELETE', `/companies/${companyId}`);
    await navigate({ to: '/companies', search: {} });
    await changed();
  };
  return (
    <Page
      title={company?.name ?? t('companies.company')}
      intro={company?.domains.join(', ')}
      actions={
        writes &&
        company && (
          <Button onClick={() => setDeleting(true)}>
            <Trash2 size={15} aria-hidden />
            {t('companies.delete')}
          </Button>
        )
      }
    >
      <nav aria-label={t('customers.back')} className="-mt-4 mb-5 text-sm">
        <Link to="/companies" search={{}} className="text-accent-text hover:underline">
          {t('companies.all')}
        </Link>
      </nav>
      <Allowed right="customers:read">
        <Loaded query={query} rows={4} skeleton={fieldSkeleton}>
          {(tagged) => (
            <>
              <Details key={companyId} tagged={tagged} writes={writes} />
              <People companyId={companyId} />
              <TicketHistory of={{ companyId }} />
            </>
          )}
        </Loaded>
      </Allowed>
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title={t('companies.deleteTitle', { name: company?.name ?? '' })}
        body={t('companies.deleteBody')}
        action={t('companies.delete')}
        onConfirm={() => void attempt(remove, { failed: t('customers.failed') })}
      />
    </Page>
  );
}

function Details({ tagged, writes }: { tagged: Tagged<Company>; writes: boolean }) {
  const t = useText();
  const { thing: company, etag } = tagged;
  const changed = useCustomersChanged();
  const { data: fields = [] } = useQuery(ownFieldsQuery('company'));
  /** As it is typed: lines that are no domain yet must not jump. */
  const [typed, setTyped] = useState<string | null>(null);
  const record = useRecord({
    path: `/companies/${company.id}`,
    etag,
    saved: {
      name: company.name,
      notes: company.notes,
      domains: company.domains,
      ...Object.fromEntries(
        Object.entries(company.fields).map(([key, value]) => [`fields.${key}`, value]),
      ),
    },
    onSaved: async () => {
      setTyped(null);
      await changed();
    },
  });
  const domains = record.read('domains') as string[];
  // Thrown away or saved: what stands there is shown again.
  const shown = typed !== null && domainsOf(typed).join() === domains.join() ? typed : null;
  return (
    <Section title={t('customers.details')}>
      <RecordForm
        record={record}
        fields={fields}
        writes={writes}
        label={t('customers.details')}
        nameOf={(field) =>
          field === 'notes'
            ? t('customers.notes')
            : t(field === 'domains' ? 'companies.domains' : 'customers.name')
        }
      >
        <DomainsField
          value={shown ?? domains.join('\n')}
          error={record.errors.domains}
          onChange={(text) => {
            setTyped(text);
            record.set('domains', domainsOf(text));
          }}
        />
      </RecordForm>
    </Section>
  );
}

function People({ companyId }: { companyId: string }) {
  const t = useText();
  const query = useInfiniteQuery(customersQuery({ companyId }));
  const people = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title={t('customers.people')}>
      {query.isSuccess && people.length === 0 && (
        <p className="text-sm text-muted">{t('companies.noPeople')}</p>
      )}
      {people.length > 0 && (
        <ul aria-label={t('customers.people')} className="border-t border-line">
          {people.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} colleague />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Section>
  );
}
