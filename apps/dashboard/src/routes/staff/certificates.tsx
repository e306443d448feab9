import { useInfiniteQuery } from '@tanstack/react-query';
import { FileBadge } from 'lucide-react';
import { StaffList } from '../../features/staff/list.js';
import { certificatesQuery } from '../../features/staff/queries.js';
import type { ErasureCertificate } from '../../features/staff/types.js';
import { useIntl, useText } from '../../messages/intl.js';
import { exactDay } from '../../messages/time.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { saveFile } from '../../ui/save-file.js';
import { Time } from '../../ui/time.js';

/** The organizations that are gone, each with a certificate that the deployment has signed. */
export function StaffCertificatesRoute() {
  const t = useText();
  const query = useInfiniteQuery(certificatesQuery);
  return (
    <Page title={t('staff.certificates')} intro={t('staff.certificates.intro')}>
      <StaffList
        query={query}
        label={t('staff.certificates')}
        empty={{ icon: FileBadge, title: t('staff.certificates.empty') }}
      >
        {(certificate) => <Row key={certificate.id} certificate={certificate} />}
      </StaffList>
    </Page>
  );
}

function Row({ certificate }: { certificate: ErasureCertificate }) {
  const { t, language } = useIntl();
  const { name, slug, foundedAt, createdAt, signature } = certificate;
  const keep = () =>
    saveFile(
      new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' }),
      `${slug}-certificate.json`,
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-sm">
          <bdi className="font-medium break-words">{name}</bdi>{' '}
          <bdi className="text-xs text-muted">{slug}</bdi>
        </p>
        <p className="text-xs text-muted">
          {t('staff.certificates.lived', {
            from: exactDay(foundedAt, language),
            to: exactDay(createdAt, language),
          })}
        </p>
        <p className="truncate font-mono text-2xs text-subtle" dir="ltr">
          {signature}
        </p>
      </div>
      <Time at={createdAt} className="text-xs text-subtle" />
      <Button onClick={keep}>
        {t('staff.certificates.keep')}
        <span className="sr-only">{name}</span>
      </Button>
    </li>
  );
}
