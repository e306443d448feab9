import { useQuery } from '@tanstack/react-query';
import { ImagePlus } from 'lucide-react';
import { useId, useState } from 'react';
import { ApiError } from '../api/error.js';
import type { Organization } from '../api/types.js';
import { useCan } from '../features/auth/queries.js';
import { accentOf, type Theme } from '../features/organization/accent.js';
import {
  changeOrganization,
  logoQuery,
  organizationQuery,
  putLogo,
  removeLogo,
  useOrganizationChange,
} from '../features/organization/queries.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button, buttonClass } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { notify } from '../ui/notices.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

const largestLogo = 256 * 1024;

/** How the desk looks to those who work at it. */
export function BrandingRoute() {
  const t = useText();
  const organization = useQuery(organizationQuery);
  return (
    <PageBody title={t('pages.branding')} intro={t('branding.intro')}>
      <Allowed right="organization:write">
        <LogoSection />
        <Loaded query={organization} rows={1} skeleton={fieldSkeleton}>
          {(found) => <AccentSection organization={found} />}
        </Loaded>
      </Allowed>
    </PageBody>
  );
}

function LogoSection() {
  const t = useText();
  const logo = useQuery(logoQuery);
  const attempt = useAttempt();
  const put = useOrganizationChange(putLogo);
  const remove = useOrganizationChange(removeLogo);
  const failed = t('action.notSaved');
  const choose = (picture: File | undefined) => {
    if (!picture) return;
    if (picture.size > largestLogo) {
      notify({ tone: 'failed', title: failed, detail: t('branding.logoTooLarge') });
      return;
    }
    void attempt(() => put.mutateAsync(picture), { done: t('branding.logoSaved'), failed });
  };
  return (
    <Section title={t('branding.logo')} hint={t('branding.logoHint')}>
      <div className="flex flex-wrap items-center gap-4">
        <span className="flex size-20 items-center justify-center overflow-hidden rounded-xl border border-line bg-sunken text-subtle">
          {logo.data ? (
            <img
              src={logo.data}
              alt={t('branding.logoCurrent')}
              className="size-full object-contain"
            />
          ) : (
            <>
              <ImagePlus size={22} strokeWidth={1.5} aria-hidden />
              <span className="sr-only">{t('branding.logoNone')}</span>
            </>
          )}
        </span>
        <div className="flex flex-wrap gap-2">
          <label
            className={buttonClass(
              'secondary',
              'relative has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="file"
              accept="image/png,image/jpeg,image/webp"
              disabled={put.isPending}
              onChange={(event) => {
                choose(event.currentTarget.files?.[0]);
                event.currentTarget.value = '';
              }}
              className="sr-only"
            />
            {t('branding.logoChoose')}
          </label>
          {logo.data && (
            <Button
              onClick={() =>
                void attempt(() => remove.mutateAsync(undefined), {
                  done: t('branding.logoRemoved'),
                  failed,
                })
              }
            >
              {t('action.remove')}
            </Button>
          )}
        </div>
      </div>
      {logo.isError && (
        <p role="alert" className="mt-2 text-xs text-danger">
          {logo.error instanceof ApiError && logo.error.said}
        </p>
      )}
    </Section>
  );
}

const hexColour = /^#[0-9a-f]{6}$/;
/** What the picker shows while Manydesk's own colour is used; close to it, and never saved. */
const own = '#00746a';

function AccentSection({ organization }: { organization: Organization }) {
  const t = useText();
  const writes = useCan('organization:write');
  const attempt = useAttempt();
  const change = useOrganizationChange(changeOrganization);
  const picker = useId();
  const [typed, setTyped] = useState(organization.accent ?? '');
  const value = typed.trim().toLowerCase();
  const valid = hexColour.test(value);
  const save = (accent: string | null) =>
    attempt(() => change.mutateAsync({ accent }), {
      done: t('action.saved'),
      failed: t('action.notSaved'),
    });
  return (
    <Section title={t('branding.accent')} hint={t('branding.accentHint')}>
      <div className="flex flex-wrap items-end gap-3">
        <input
          id={picker}
          type="color"
          aria-label={t('branding.accent')}
          value={valid ? value : own}
          disabled={!writes}
          onChange={(event) => setTyped(event.currentTarget.value)}
          className="size-9 rounded-lg border border-edge bg-surface p-1"
        />
        <div className="w-44">
          <Field
            label={t('branding.accentValue')}
            error={value && !valid ? t('branding.accentInvalid') : undefined}
          >
            {(control) => (
              <input
                {...control}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                placeholder="#rrggbb"
                maxLength={7}
                disabled={!writes}
                className="field font-mono"
                dir="ltr"
              />
            )}
          </Field>
        </div>
        <Button
          variant="primary"
          className="h-9"
          disabled={!writes || !valid || value === organization.accent || change.isPending}
          onClick={() => void save(value)}
        >
          {t('action.save')}
        </Button>
        {organization.accent && (
          <Button
            className="h-9"
            onClick={() => void save(null).then((saved) => saved && setTyped(''))}
          >
            {t('branding.accentDefault')}
          </Button>
        )}
      </div>
      {valid && (
        <div
          role="group"
          aria-label={t('branding.preview')}
          className="mt-4 grid gap-3 sm:grid-cols-2"
        >
          <Preview colour={value} theme="light" />
          <Preview colour={value} theme="dark" />
        </div>
      )}
    </Section>
  );
}

const plain = {
  light: { background: '#ffffff', color: '#1a2322', border: '#e3e8e7' },
  dark: { background: '#161b1a', color: '#e6eae9', border: '#2b3130' },
} as const;

function Preview({ colour, theme }: { colour: string; theme: Theme }) {
  const t = useText();
  const accent = accentOf(colour, theme);
  const { background, color, border } = plain[theme];
  return (
    <figure
      className="rounded-xl border p-4 text-sm"
      style={{ background, color, borderColor: border }}
    >
      <figcaption className="mb-3 text-xs">
        {t(theme === 'light' ? 'branding.previewLight' : 'branding.previewDark')} ·{' '}
        {t(accent.exact ? 'branding.exact' : 'branding.adjusted')}
      </figcaption>
      <div className="flex flex-wrap items-center gap-3">
        <span
          className="inline-flex h-8 items-center rounded-lg px-3 font-medium"
          style={{ background: accent.accent, color: accent.on }}
        >
          {t('branding.previewButton')}
        </span>
        <span className="underline underline-offset-2" style={{ color: accent.text }}>
          {t('branding.previewLink')}
        </span>
      </div>
    </figure>
  );
}
