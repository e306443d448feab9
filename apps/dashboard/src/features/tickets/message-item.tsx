import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Check, CircleAlert, Clock, Ellipsis, Lock, Scissors } from 'lucide-react';
import { memo, useId, useMemo, useState } from 'react';
import type { Message } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { IconButton } from '../../ui/icon-button.js';
import { PlainText } from '../../ui/plain-text.js';
import { Time } from '../../ui/time.js';
import { AttachmentList } from '../conversation/attachment-list.js';
import { isPlain } from '../conversation/mail-html.js';
import { MailFrame } from '../conversation/mail-frame.js';
import { RichText } from '../conversation/rich-text.js';
import { splitQuote } from './mail-text.js';

interface MessageItemProps {
  message: Message;
  pending?: boolean;
  /** Starts a ticket of its own out of this message; absent for whoever may not. */
  onSplit?: ((id: string) => void) | undefined;
}

/** A message of the conversation: the requester's words, our answer, or a note among ourselves. */
export const MessageItem = memo(function MessageItem({
  message,
  pending,
  onSplit,
}: MessageItemProps) {
  const t = useText();
  const titleId = useId();
  const { author, kind, cc, bcc, originTicket } = message;
  const name = author.name || t(`author.${author.type}`);
  return (
    <li data-message={message.id}>
      <article
        aria-labelledby={titleId}
        className={clsx(
          'group/message relative flex gap-3 rounded-xl px-3 py-3 sm:px-4',
          kind === 'note' && 'border border-note-line bg-note',
          kind === 'reply' && 'border border-line bg-ground',
          kind === 'inbound' && 'border border-transparent',
          pending && 'opacity-60',
        )}
      >
        <Avatar name={name} ours={author.type !== 'requester'} />
        <div className="min-w-0 flex-1">
          <div className="flex min-h-6 items-center gap-2">
            <h2
              id={titleId}
              className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2 text-sm"
            >
              <bdi className="font-semibold">{name}</bdi>
              <span className="flex items-center gap-1 text-xs font-normal text-muted">
                {kind === 'note' && <Lock size={11} aria-hidden />}
                {t(`message.${kind}`)}
              </span>
              <Time at={message.createdAt} className="ms-auto text-xs font-normal text-subtle" />
            </h2>
            {onSplit && !pending && (
              <IconButton
                label={t('split.open')}
                onClick={() => onSplit(message.id)}
                className="absolute! end-3 -top-3 size-7! border border-line bg-raised opacity-0 shadow-small group-hover/message:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden"
              >
                <Scissors size={14} aria-hidden />
              </IconButton>
            )}
          </div>
          {cc.length + bcc.length > 0 && (
            <p className="text-xs break-words text-muted">
              {cc.length > 0 && t('message.cc', { people: cc.join(', ') })}
              {cc.length > 0 && bcc.length > 0 && ' · '}
              {bcc.length > 0 && t('message.bcc', { people: bcc.join(', ') })}
            </p>
          )}
          {originTicket && (
            <Link
              to="/tickets/$ticketId"
              params={{ ticketId: originTicket.id }}
              search={(before: object) => before}
              className="text-xs text-muted underline underline-offset-2 hover:text-text"
            >
              {t('message.origin', { number: originTicket.number })}
            </Link>
          )}
          <div className="mt-1">
            <Body message={message} name={name} />
          </div>
          <AttachmentList attachments={message.attachments} />
          <Delivery message={message} />
        </div>
      </article>
    </li>
  );
});

function Body({ message, name }: { message: Message; name: string }) {
  const { html, quote, body, mentions } = message;
  if (html) {
    return (
      <>
        <Words
          html={html}
          message={message}
          name={name}
          mentioned={mentions.map((each) => each.name)}
        />
        {quote && <Quote words={quote} message={message} name={name} />}
      </>
    );
  }
  // A quote that the server took out is no longer in the text; one in plain text is folded here.
  const split = quote ? { written: body, quote } : splitQuote(body);
  return (
    <>
      <PlainText text={split.written} />
      {split.quote && <Quote words={split.quote} message={message} name={name} />}
    </>
  );
}

interface WordsProps {
  html: string;
  message: Message;
  name: string;
  mentioned?: string[];
}

/** Plain letters in the looks of the desk, all others in a frame of their own. */
function Words({ html, message, name, mentioned }: WordsProps) {
  const t = useText();
  const plain = useMemo(() => isPlain(html), [html]);
  if (plain) return <RichText html={html} mentioned={mentioned} />;
  return (
    <MailFrame html={html} attachments={message.attachments} title={t('mail.frame', { name })} />
  );
}

const markup = /<\/?[a-z][^>]*>/i;

function Quote({ words, message, name }: { words: string; message: Message; name: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-2">
      <button
        type="button"
        aria-expanded={open}
        aria-label={t('message.quote')}
        title={t('message.quote')}
        onClick={() => setOpen(!open)}
        className="flex h-6 items-center rounded-md border border-line bg-sunken px-1.5 text-muted hover:text-text"
      >
        <Ellipsis size={14} aria-hidden />
      </button>
      {open && (
        <div className="mt-2 border-s-2 border-line ps-3 text-muted">
          {message.html && markup.test(words) ? (
            <Words html={words} message={message} name={name} />
          ) : (
            <PlainText text={words} />
          )}
        </div>
      )}
    </div>
  );
}

const deliveryIcons = { queued: Clock, sent: Check, failed: CircleAlert };

function Delivery({ message }: { message: Message }) {
  const t = useText();
  if (message.kind !== 'reply' || !message.delivery) return null;
  const { status } = message.delivery;
  const Icon = deliveryIcons[status];
  return (
    <p
      className={clsx(
        'mt-2 flex items-center gap-1 text-xs',
        status === 'failed' ? 'text-danger' : 'text-subtle',
      )}
    >
      <Icon size={12} aria-hidden />
      {t(`delivery.${status}`)}
    </p>
  );
}
