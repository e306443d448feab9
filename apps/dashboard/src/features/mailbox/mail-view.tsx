import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { Mail } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button, buttonClass } from '../../ui/button.js';
import { PlainText } from '../../ui/plain-text.js';
import { Time } from '../../ui/time.js';
import { notify } from '../../ui/notices.js';
import { downloadMail } from './queries.js';

/** One sent mail, as text. */
export function MailView({ mail }: { mail: Mail }) {
  const t = useText();
  const download = () =>
    downloadMail(mail.id).catch((error: unknown) =>
      notify({ tone: 'failed', title: t('mailbox.downloadFailed'), detail: errorText(t, error) }),
    );
  const rows = [
    [t('mailbox.from'), mail.from],
    [t('mailbox.to'), mail.to],
    [t('mailbox.messageId'), mail.messageIdHeader],
  ] as const;
  return (
    <article aria-label={mail.subject} className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">
      <div className="mx-auto max-w-180">
        <header className="border-b border-line pb-4">
          <h2 dir="auto" className="text-lg font-semibold tracking-tight break-words">
            {mail.subject}
          </h2>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
            {rows.map(([label, value]) => (
              <div key={label} className="contents">
                <dt className="text-muted">{label}</dt>
                <dd className="min-w-0 break-all">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
            <dt className="text-muted">{t('field.status')}</dt>
            <dd>
              {t(`delivery.${mail.status}`)} · <Time at={mail.sentAt ?? mail.createdAt} />
            </dd>
          </dl>
          <div className="mt-4 flex gap-2">
            <Button onClick={() => void download()}>
              <Download size={14} aria-hidden />
              {t('mailbox.download')}
            </Button>
            {mail.ticketId && (
              <Link
                to="/tickets/$ticketId"
                params={{ ticketId: mail.ticketId }}
                search={{}}
                className={buttonClass()}
              >
                {t('mailbox.ticket')}
              </Link>
            )}
          </div>
        </header>
        <div className="py-4">
          <PlainText text={mail.text} />
        </div>
      </div>
    </article>
  );
}
