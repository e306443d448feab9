import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { SecurityPolicy } from '../api/types.js';
import { useCan } from '../features/auth/queries.js';
import {
  changePolicy,
  policyQuery,
  useOrganizationChange,
} from '../features/organization/queries.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button, buttonClass } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

const usualHours = [8, 12, 24, 24 * 7, 24 * 14, 24 * 30, 24 * 90, 24 * 365];
const domainShape =
  /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/** What everybody in the organization has to keep to. */
export function PolicyRoute() {
  const t = useText();
  const policy = useQuery(policyQuery);
  return (
    <PageBody title={t('pages.policy')} intro={t('policy.intro')}>
      <Allowed right="security:read">
        <Loaded query={policy} rows={4} skeleton={fieldSkeleton}>
          {(found) => <Policy policy={found} />}
        </Loaded>
      </Allowed>
    </PageBody>
  );
}

function Policy({ policy }: { policy: SecurityPolicy }) {
  const t = useText();
  const writes = useCan('security:write');
  const attempt = useAttempt();
  const change = useOrganizationChange(changePolicy);
  const required = useId();
  const save = (values: Parameters<typeof changePolicy>[0]) =>
    attempt(() => change.mutateAsync(values), {
      done: t('action.saved'),
      failed: t('action.notSaved'),
    });
  const hours = usualHours.includes(policy.sessionHours)
    ? usualHours
    : [...usualHours, policy.sessionHours].sort((a, b) => a - b);
  return (
    <>
      <div className="max-w-100 pb-5">
        <Field label={t('policy.session')} hint={t('policy.sessionHint')}>
          {(control) => (
            <select
              {...control}
              value={policy.sessionHours}
              disabled={!writes || change.isPending}
              onChange={(event) => void save({ sessionHours: Number(event.currentTarget.value) })}
              className="field"
            >
              {hours.map((each) => (
                <option key={each} value={each}>
                  {each % 24 === 0 && each > 24
                    ? t('policy.sessionDays', { days: each / 24 })
                    : t('policy.sessionHours', { hours: each })}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Section title={t('policy.second')}>
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            checked={policy.secondFactorRequired}
            disabled={!writes || change.isPending}
            aria-describedby={required}
            onChange={(event) => void save({ secondFactorRequired: event.currentTarget.checked })}
            className="mt-0.5 size-4 accent-accent"
          />
          <span>
            {t('policy.secondRequired')}
            <span id={required} className="block text-xs text-muted">
              {t('policy.secondHint')}
            </span>
          </span>
        </label>
      </Section>
      <Domains
        domains={policy.allowedDomains}
        writes={writes}
        onChange={(allowedDomains) => save({ allowedDomains })}
      />
      <Section
        title={t('policy.sso')}
        hint={t(policy.ssoRequired ? 'policy.ssoOn' : 'policy.ssoOff')}
        actions={
          <Link to="/settings/single-sign-on" className={buttonClass()}>
            {t('policy.ssoOpen')}
          </Link>
        }
      />
    </>
  );
}

interface DomainsProps {
  domains: string[];
  writes: boolean;
  onChange: (domains: string[]) => Promise<boolean>;
}

function Domains({ domains, writes, onChange }: DomainsProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const add = async () => {
    const domain = typed.trim().toLowerCase().replace(/^@/, '');
    if (!domainShape.test(domain)) return setProblem(t('policy.domainInvalid'));
    setProblem(undefined);
    if (domains.includes(domain) || (await onChange([...domains, domain]))) setTyped('');
  };
  return (
    <Section title={t('policy.domains')} hint={t('policy.domainsHint')}>
      {domains.length > 0 && (
        <ul aria-label={t('policy.domains')} className="mb-3 flex flex-wrap gap-1.5">
          {domains.map((domain) => (
            <li
              key={domain}
              className="flex h-7 items-center gap-1 rounded-lg border border-line ps-2.5 text-sm"
            >
              <bdi dir="ltr">{domain}</bdi>
              {writes ? (
                <button
                  type="button"
                  aria-label={t('policy.domainRemove', { domain })}
                  onClick={() => void onChange(domains.filter((each) => each !== domain))}
                  className="flex size-7 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
                >
                  <X size={13} aria-hidden />
                </button>
              ) : (
                <span className="w-1.5" />
              )}
            </li>
          ))}
        </ul>
      )}
      {writes && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
          className="flex max-w-100 items-end gap-2"
        >
          <div className="flex-1">
            <Field label={t('policy.domainAdd')} error={problem}>
              {(control) => (
                <input
                  {...control}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  placeholder="example.com"
                  autoCapitalize="off"
                  spellCheck={false}
                  className="field"
                  dir="ltr"
                />
              )}
            </Field>
          </div>
          <Button type="submit" className="h-9">
            {t('action.add')}
          </Button>
        </form>
      )}
    </Section>
  );
}
