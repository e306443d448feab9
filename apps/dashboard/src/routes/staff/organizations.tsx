import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { percent } from '../../features/billing/format.js';
import { plansQuery } from '../../features/staff/billing-queries.js';
import { StaffList } from '../../features/staff/list.js';
import { OrganizationBadge } from '../../features/staff/organization-badge.js';
import {
  organizationsQuery,
  statuses,
  type OrganizationSearch,
} from '../../features/staff/queries.js';
import { standings, standingTones, usages } from '../../features/staff/standing.js';
import type { StaffOrganization } from '../../features/staff/types.js';
import { useIntl, useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Page } from '../../ui/page.js';
import { Time } from '../../ui/time.js';

/** What is typed is looked for a moment later. */
const typingMs = 300;

/** Every organization of the deployment, to be found by a part of its name, its plan or how it stands. */
export function StaffOrganizationsRoute() {
  const t = useText();
  const search = useSearch({ from: '/console/staff/organizations' });
  const query = useInfiniteQuery(organizationsQuery(search));
  const isNarrowed = Object.keys(search).length > 0;
  return (
    <Page title={t('staff.organizations')} intro={t('staff.organizations.intro')}>
      <Filters search={search} />
      <StaffList
        query={query}
        label={t('staff.organizations')}
        empty={{
          icon: Building2,
          title: t(isNarrowed ? 'staff.organizations.noMatch' : 'staff.organizations.empty'),
        }}
      >
        {(organization) => <Row key={organization.id} organization={organization} />}
      </StaffList>
    </Page>
  );
}

/** The search with one part of it changed; what is empty is left out. */
function changed(search: OrganizationSearch, part: OrganizationSearch): OrganizationSearch {
  return Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value));
}

function Filters({ search }: { search: OrganizationSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const plans = useQuery(plansQuery).data ?? [];
  const [typed, setTyped] = useState(search.q ?? '');
  const sent = useRef(search.q);
  const go = (part: OrganizationSearch) =>
    void navigate({ to: '/staff/organizations', search: changed(search, part), replace: true });
  // An address that was not made by typing here, such as that of the menu, has its own words.
  useEffect(() => {
    if (search.q === sent.current) return;
    sent.current = search.q;
    setTyped(search.q ?? '');
  }, [search.q]);
  useEffect(() => {
    const q = typed.trim() || undefined;
    if (q === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = q;
      void navigate({
        to: '/staff/organizations',
        search: changed(search, { q }),
        replace: true,
      });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  const choices = [
    {
      name: 'status',
      label: t('field.status'),
      any: t('staff.status.any'),
      options: statuses.map((each) => ({ value: each, label: t(`staff.status.${each}`) })),
    },
    {
      name: 'plan',
      label: t('billing.plan'),
      any: t('staff.plan.any'),
      options: plans.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'standing',
      label: t('staff.plan.standing'),
      any: t('staff.plan.anyStanding'),
      options: standings.map((each) => ({ value: each, label: t(`billing.status.${each}`) })),
    },
    {
      name: 'usage',
      label: t('staff.usage'),
      any: t('staff.usage.any'),
      options: usages.map((each) => ({ value: each, label: t(`staff.usage.${each}`) })),
    },
  ] as const;
  return (
    <search className="mb-3 flex flex-wrap gap-3">
      <input
        type="search"
        aria-label={t('staff.organizations.search')}
        placeholder={t('staff.organizations.search')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        maxLength={200}
        className="field basis-full"
        dir="auto"
      />
      {choices
        // Where nothing is sold, nothing is found by a plan.
        .filter(({ name }) => name === 'status' || plans.length > 0)
        .map(({ name, label, any, options }) => (
          <select
            key={name}
            aria-label={label}
            value={search[name] ?? ''}
            onChange={({ currentTarget: { value } }) => go({ [name]: value })}
            className="field min-w-0 flex-1 basis-36 sm:max-w-60"
          >
            <option value="">{any}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        ))}
    </search>
  );
}

/** Hundredths of a limit from which it is told how much is used. */
const worthTelling = 80;

function Row({ organization }: { organization: StaffOrganization }) {
  const { language } = useIntl();
  const t = useText();
  const { id, name, slug, status, plan, createdAt } = organization;
  const used = plan?.usedPercent ?? 0;
  return (
    <li className="border-b border-line">
      <Link
        to="/staff/organizations/$organizationId"
        params={{ organizationId: id }}
        className="flex min-h-14 items-center gap-3 rounded-lg px-1 py-2 -outline-offset-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">
            <bdi>{name}</bdi>
          </span>
          <span className="block truncate text-xs text-muted">
            <bdi>{slug}</bdi>
          </span>
        </span>
        {plan && <bdi className="shrink-0 text-xs text-muted max-sm:hidden">{plan.id}</bdi>}
        {used >= worthTelling && (
          <Badge tone={used >= 100 ? 'bad' : 'warn'}>
            {t('staff.usage.used', { share: percent(used, language) })}
          </Badge>
        )}
        {plan?.status && plan.status !== 'active' && (
          <Badge tone={standingTones[plan.status]}>{t(`billing.status.${plan.status}`)}</Badge>
        )}
        {status !== 'active' && <OrganizationBadge status={status} />}
        <Time at={createdAt} className="w-20 shrink-0 text-end text-xs text-subtle max-sm:hidden" />
      </Link>
    </li>
  );
}
