import { Link, useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button, buttonClass } from '../../ui/button.js';
import { useCan } from '../auth/queries.js';
import type { Guide } from './guide.js';

/** From an empty desk to the first answer, in three steps. */
export function GuideSteps({ guide }: { guide: Guide }) {
  const t = useText();
  const navigate = useNavigate();
  const invites = useCan('users:write');
  const begin = async () => {
    const ticket = (await guide
      .begin({ subject: t('guide.subject'), body: t('guide.body') })
      .catch(() => null)) as { id: string } | null;
    if (!ticket) return;
    await navigate({
      to: '/tickets/$ticketId',
      params: { ticketId: ticket.id },
      search: { status: 'open' },
    });
  };
  return (
    <section aria-labelledby="guide-title" className="appear mx-auto max-w-110 px-6 py-10">
      <h2 id="guide-title" className="text-lg font-semibold tracking-tight">
        {t('guide.title')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('guide.intro')}</p>
      <ol className="mt-6 space-y-5">
        <Step number={1} now={guide.step} title={t('guide.ticket')} body={t('guide.ticketBody')}>
          <Button variant="primary" disabled={guide.busy} onClick={() => void begin()}>
            {t('guide.begin')}
          </Button>
          {guide.error !== null && (
            <p role="alert" className="mt-2 text-xs text-danger">
              {errorText(t, guide.error)}
            </p>
          )}
        </Step>
        <Step number={2} now={guide.step} title={t('guide.answer')} body={t('guide.answerBody')}>
          {guide.ticketId && (
            <Link
              to="/tickets/$ticketId"
              params={{ ticketId: guide.ticketId }}
              search={{ status: 'open' }}
              className={buttonClass('primary')}
            >
              {t('guide.open')}
            </Link>
          )}
        </Step>
        <Step number={3} now={guide.step} title={t('guide.done')} body={t('guide.doneBody')}>
          <div className="flex flex-wrap gap-2">
            {invites && (
              <Link to="/people" search={{ view: 'invitations' }} className={buttonClass()}>
                {t('guide.invite')}
              </Link>
            )}
            <Button variant="primary" onClick={guide.end}>
              {t('guide.finish')}
            </Button>
          </div>
        </Step>
      </ol>
      {guide.step < 3 && (
        <button
          type="button"
          onClick={guide.end}
          className="mt-6 h-6 rounded text-xs text-muted underline hover:text-text"
        >
          {t('guide.skip')}
        </button>
      )}
    </section>
  );
}

interface StepProps {
  number: number;
  now: number;
  title: string;
  body: string;
  children: ReactNode;
}

function Step({ number, now, title, body, children }: StepProps) {
  const t = useText();
  const over = now > number;
  return (
    <li className="flex gap-3" aria-current={now === number ? 'step' : undefined}>
      <span
        className={clsx(
          'flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-semibold',
          over || now === number ? 'bg-accent text-on-accent' : 'border border-line text-muted',
        )}
      >
        {over ? <Check size={13} role="img" aria-label={t('guide.over')} /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <p className={clsx('text-sm font-medium', now < number && 'text-muted')}>{title}</p>
        {now === number && (
          <>
            <p className="mt-0.5 mb-3 text-sm text-muted">{body}</p>
            {children}
          </>
        )}
      </div>
    </li>
  );
}
