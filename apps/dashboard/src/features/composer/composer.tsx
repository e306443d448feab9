import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { AtSign, ChevronDown, Lock, MessageSquareText, Paperclip, Reply } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { call } from '../../api/call.js';
import type { Me } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { Kbd } from '../../ui/kbd.js';
import { Menu, MenuItem } from '../../ui/menu.js';
import { notify } from '../../ui/notices.js';
import { Picker } from '../../ui/picker.js';
import { assigneesQuery } from '../people/queries.js';
import { ariaKeys, commandKey } from '../shortcuts/catalogue.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { StatusIcon } from '../tickets/status.js';
import { cannedRepliesQuery, useStates } from '../tickets/ticket-queries.js';
import type { DeepTicket } from '../tickets/ticket-types.js';
import { AttachmentChips } from './attachment-chips.js';
import { takeCall, typeInto } from './call-ahead.js';
import { CustomerWroteDialog } from './customer-wrote-dialog.js';
import { DraftConflictDialog } from './draft-conflict-dialog.js';
import type { DraftKind } from './draft-keeper.js';
import { htmlOfText, isOnlyText, placeInHtml, saysSomething, textOfHtml } from './plain.js';
import { RecipientsField } from './recipients-field.js';
import type { EditorHandle } from './rich-editor.js';
import type { Suggestion, Trigger } from './suggestions.js';
import { useUploads } from './uploads.js';
import { useDrafts } from './use-drafts.js';
import { useEditorCode } from './use-editor-code.js';
import { useSeen } from './use-seen.js';
import type { Outgoing, SendResult } from './use-send.js';

interface ComposerProps {
  ticket: DeepTicket;
  me: Me;
  onSend: (outgoing: Outgoing) => Promise<SendResult>;
  onLeave: () => void;
  /** Says that somebody is typing. */
  onTyping: () => void;
  /** Brings the newest message before the eyes. */
  onShowNewest: () => void;
  /** Hands out what takes files that were dropped anywhere on the ticket. */
  takeFiles: (take: ((files: File[]) => void) | null) => void;
}

const kinds = [
  { kind: 'reply', icon: Reply },
  { kind: 'note', icon: Lock },
] as const;

/** Where an answer or a note is written. Nothing that happens elsewhere touches what is in it. */
export function Composer(props: ComposerProps) {
  const { ticket, me, onLeave, onTyping } = props;
  const t = useText();
  const id = useId();
  const attempt = useAttempt();
  const { kind, show, keeper, state } = useDrafts(me.user.id, ticket.id);
  const { content } = state;
  const [busy, setBusy] = useState(false);
  const [wrote, setWrote] = useState<{ ids: string[]; again: () => void } | null>(null);
  const [copies, setCopies] = useState(false);
  const [canned, setCanned] = useState(false);
  const [composing, setComposing] = useState(false);
  const code = useEditorCode();
  const [Editor, setEditor] = useState(() => code);
  const form = useRef<HTMLFormElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const handle = useRef<EditorHandle | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] =
    useState<React.ComponentProps<NonNullable<typeof code>>['cursor']>(null);
  /** What is typed while the words before it are being sent. */
  const held = useRef({ letters: '' });
  const says = saysSomething(content.html);
  const seen = useSeen(ticket.id, says);
  const states = useStates().filter(
    ({ archivedAt, category }) => !archivedAt && category !== 'closed',
  );
  const { data: people = [] } = useQuery(assigneesQuery);
  const { data: replies = [] } = useQuery(cannedRepliesQuery);
  const customer = ticket.requester.name || ticket.requester.email;
  const uploads = useUploads({
    attached: content.attachments,
    onDone: (attachment) =>
      keeper.change({ attachments: [...keeper.state.content.attachments, attachment] }),
    onRefused: (why, name) =>
      notify({ tone: 'failed', title: t(`attachment.${why}`), detail: name }),
  });

  // The editor takes the place of the plain field between two letters, never within one that is being composed; and at
  // once, with the cursor where it stood: a letter that came in between would run a shortcut of the page.
  useLayoutEffect(() => {
    if (code === Editor || composing) return;
    const field = plain.current;
    setCursor(field !== null && document.activeElement === field ? placeInHtml(field) : null);
    setEditor(() => code);
  }, [code, Editor, composing]);
  const { takeFiles } = props;
  const addFiles = uploads.add;
  useEffect(() => {
    takeFiles(addFiles);
    return () => takeFiles(null);
  });

  const focus = () => (handle.current ? handle.current.focus() : plain.current?.focus());
  const wanted = useRef(false);
  const write = (next: DraftKind) => {
    if (next === kind) return focus();
    wanted.current = true;
    setCursor('end');
    show(next);
  };
  useLayoutEffect(() => {
    if (wanted.current) focus();
    wanted.current = false;
  }, [kind]);
  /** Puts letters that were kept behind what is written. */
  const append = useEffectEvent((letters: string) => {
    if (letters === '') return;
    const { html, cc: copied } = keeper.state.content;
    const part = { html: html + htmlOfText(letters) };
    keeper.change(kind === 'reply' ? { ...part, cc: copied ?? ticket.cc } : part, true);
  });
  // Whoever goes on writing while the words before are being sent finds the new ones behind what is there then.
  useLayoutEffect(() => {
    if (busy) return;
    append(held.current.letters);
    held.current = { letters: '' };
  }, [busy]);
  // Called before it was there; what was typed since then is put into it first.
  const [called, setCalled] = useState(() => takeCall(ticket.id));
  const answer = useEffectEvent(() => {
    if (!called) return;
    if (called.kind !== kind) return write(called.kind);
    append(called.letters);
    setCalled(null);
    focus();
  });
  useLayoutEffect(() => answer(), [called, kind]);
  useShortcut('reply', () => write('reply'));
  useShortcut('note', () => write('note'));

  const cc = content.cc ?? ticket.cc;
  const type = (html: string) => {
    // From the first letter on the copies are the draft's own: who is added to the ticket later gets no reply unasked.
    keeper.change(kind === 'reply' ? { html, cc: keeper.state.content.cc ?? ticket.cc } : { html });
    onTyping();
  };
  const placeCanned = async (replyId: string): Promise<string | null> => {
    let html: string | null = null;
    await attempt(
      async () => {
        const path = `/canned-replies/${replyId}/rendering`;
        const { data } = await call<{ data: { html: string } }>('POST', path, {
          body: { ticketId: ticket.id },
        });
        html = data.html;
      },
      { failed: t('canned.failed') },
    );
    return html;
  };
  const insert = (html: string) => {
    if (handle.current) return handle.current.insert(html);
    keeper.change({ html: keeper.state.content.html + html }, true);
  };
  const mention = (personId: string) =>
    keeper.change({ mentions: [...new Set([...keeper.state.content.mentions, personId])] });
  const find = (trigger: Trigger, words: string): Suggestion[] => {
    const letters = words.toLocaleLowerCase();
    if (trigger === '/') {
      return replies
        .filter(({ name }) => name.toLocaleLowerCase().includes(letters))
        .map((reply) => ({
          trigger,
          id: reply.id,
          label: reply.name,
          hint: textOfHtml(reply.html).slice(0, 80),
        }));
    }
    if (kind !== 'note') return [];
    return people
      .filter(({ name, id: personId }) => {
        const own = name.toLocaleLowerCase();
        return personId !== me.user.id && own.includes(letters) && own !== letters.trim();
      })
      .map(({ id: personId, name, email }) => ({
        trigger,
        id: personId,
        label: name,
        hint: email,
      }));
  };
  const onSuggestion = (chosen: Suggestion) => {
    if (chosen.trigger === '/') return placeCanned(chosen.id);
    mention(chosen.id);
    return `@${chosen.label} `;
  };

  const mentionedIn = (html: string) => {
    const text = textOfHtml(html);
    return people
      .filter((each) => keeper.state.content.mentions.includes(each.id))
      .filter(({ name }) => text.includes(`@${name}`))
      .map(({ id: personId, name }) => ({ id: personId, name }));
  };
  const sending = async (lastSeenMessageId: string | undefined, stateId?: string) => {
    if (busy || uploads.busy || !saysSomething(keeper.state.content.html)) return;
    const within = form.current?.contains(document.activeElement);
    setBusy(true);
    await keeper.settle();
    const { content: words, version } = keeper.state;
    const result = await props.onSend({
      kind,
      content: words,
      mentions: mentionedIn(words.html),
      lastSeenMessageId,
      fromDraft: version !== null,
      stateId,
    });
    setBusy(false);
    if (result === 'sent') {
      keeper.sent();
      setCopies(false);
    } else {
      keeper.resume();
      if (result !== 'failed') {
        const newest = result.wrote.at(-1);
        setWrote({ ids: result.wrote, again: () => void sending(newest, stateId) });
        return;
      }
    }
    // Whoever has gone elsewhere in the meantime is not called back.
    if (
      within &&
      (document.activeElement === document.body || form.current?.contains(document.activeElement))
    )
      requestAnimationFrame(focus);
  };
  const send = (stateId?: string) => void sending(seen.seenId, stateId);

  const shownCopies = copies || cc.length + content.bcc.length > 0;
  const cannot = busy || uploads.busy || !says;
  const saved =
    busy || state.saved === 'no' || (!says && content.attachments.length === 0)
      ? ''
      : t(state.saved === 'everywhere' ? 'composer.saved' : 'draft.savedHere');
  const editor = {
    label: t(`composer.${kind}`),
    hint: t(`composer.${kind}Hint`),
  };

  return (
    <form
      ref={form}
      data-composer
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="mx-auto w-full max-w-190 px-2 pb-3 sm:px-4"
    >
      {seen.missed && (
        <div
          role="status"
          className="appear-up mb-2 flex items-center gap-3 rounded-lg border border-note-line bg-note px-3 py-1 text-sm"
        >
          <span className="flex-1">{t('wrote.banner', { name: customer })}</span>
          <Button
            variant="ghost"
            onClick={() => {
              seen.read();
              props.onShowNewest();
            }}
          >
            {t('wrote.show')}
          </Button>
        </div>
      )}
      <div
        onKeyDown={(event) => {
          const { target, ctrlKey, metaKey, altKey, key } = event;
          if (!busy || ctrlKey || metaKey || altKey) return;
          const field = (target as HTMLElement).closest('textarea, [role="textbox"]');
          if (!field) return;
          if (key === 'Escape') onLeave();
          else if (!typeInto(held.current, key)) return;
          event.preventDefault();
        }}
        className={clsx(
          'rounded-xl border shadow-small transition-colors duration-100 focus-within:border-accent',
          kind === 'note' ? 'border-note-line bg-note' : 'border-edge bg-surface',
        )}
      >
        <div className="flex items-center gap-1 px-2 pt-2">
          <div
            role="radiogroup"
            aria-label={t('composer.kind')}
            className="flex items-center gap-1"
          >
            {kinds.map(({ kind: each, icon: Icon }) => (
              <label
                key={each}
                className={clsx(
                  'relative flex h-7 items-center gap-1.5 rounded-lg px-2 text-xs font-medium whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-accent',
                  each === kind ? 'bg-sunken text-text' : 'text-muted hover:text-text',
                  each === kind && each === 'note' && 'bg-note-line/60',
                )}
              >
                <input
                  type="radio"
                  name={id}
                  checked={each === kind}
                  onChange={() => show(each)}
                  aria-keyshortcuts={ariaKeys(each)}
                  className="absolute inset-0 cursor-pointer opacity-0"
                />
                <Icon size={13} className="rtl:-scale-x-100" aria-hidden />
                {t(`action.${each}`)}
              </label>
            ))}
          </div>
          <span className="ms-auto min-w-0 truncate ps-2 text-xs text-muted max-sm:hidden">
            {kind === 'reply' ? t('composer.to', { name: customer }) : t('composer.private')}
          </span>
          {kind === 'reply' && !shownCopies && (
            <Button
              variant="ghost"
              className="ms-auto h-7! px-2! text-xs! sm:ms-0"
              onClick={() => setCopies(true)}
            >
              {t('recipients.add')}
            </Button>
          )}
        </div>
        {kind === 'reply' && shownCopies && (
          <div className="border-b border-line py-1">
            <RecipientsField
              label={t('recipients.cc')}
              people={cc}
              onChange={(next) => keeper.change({ cc: next })}
              autoFocus={copies}
            />
            <RecipientsField
              label={t('recipients.bcc')}
              people={content.bcc}
              onChange={(bcc) => keeper.change({ bcc })}
            />
          </div>
        )}
        {Editor ? (
          <Editor
            key={kind}
            {...editor}
            html={content.html}
            revision={state.revision}
            editable={!busy}
            cursor={cursor}
            handle={(next) => {
              handle.current = next;
            }}
            onChange={type}
            onFiles={uploads.add}
            onSend={send}
            onLeave={onLeave}
            find={find}
            onSuggestion={onSuggestion}
          >
            {tools()}
          </Editor>
        ) : (
          <>
            <textarea
              ref={plain}
              value={textOfHtml(content.html)}
              readOnly={busy || !isOnlyText(content.html)}
              onChange={(event) => type(htmlOfText(event.target.value))}
              onCompositionStart={() => setComposing(true)}
              onCompositionEnd={() => setComposing(false)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && commandKey(event)) {
                  event.preventDefault();
                  send();
                }
                if (event.key === 'Escape') {
                  event.preventDefault();
                  onLeave();
                }
              }}
              dir="auto"
              aria-label={editor.label}
              aria-keyshortcuts={ariaKeys('send')}
              placeholder={editor.hint}
              className="block field-sizing-content max-h-[38vh] min-h-20 w-full resize-none bg-transparent px-3 py-2 text-base outline-none placeholder:text-muted"
            />
            <div className="flex h-7 items-center px-1.5">{tools()}</div>
          </>
        )}
        <AttachmentChips
          attached={content.attachments}
          uploads={uploads.uploads}
          onRemove={(fileId) =>
            keeper.change({ attachments: content.attachments.filter((each) => each.id !== fileId) })
          }
          onDrop={uploads.drop}
        />
        <div className="flex items-center gap-2 px-2 pb-2">
          <span className="flex-1 ps-1 text-xs text-muted" role="status">
            {saved}
          </span>
          <span className="max-sm:hidden">
            <Kbd shortcut="send" />
          </span>
          <span className="flex">
            <Button
              type="submit"
              variant="primary"
              shortcut="send"
              aria-disabled={cannot}
              className={clsx('aria-disabled:opacity-55', kind === 'reply' && 'rounded-e-none!')}
            >
              {busy
                ? t('composer.sending')
                : t(kind === 'reply' ? 'composer.sendReply' : 'composer.addNote')}
            </Button>
            {kind === 'reply' && (
              <Menu
                align="end"
                trigger={
                  <Button
                    variant="primary"
                    aria-label={t('composer.sendAs')}
                    aria-disabled={cannot}
                    className="rounded-s-none! border-s border-on-accent/30 px-1.5! aria-disabled:opacity-55"
                  >
                    <ChevronDown size={14} aria-hidden />
                  </Button>
                }
              >
                {states.map((each) => (
                  <MenuItem key={each.id} onSelect={() => send(each.id)}>
                    <StatusIcon status={each.category} />
                    {t('composer.sendAnd', { state: each.name })}
                  </MenuItem>
                ))}
              </Menu>
            )}
          </span>
        </div>
      </div>
      {wrote && (
        <CustomerWroteDialog
          ticketId={ticket.id}
          messageIds={wrote.ids}
          customer={customer}
          onRead={() => {
            setWrote(null);
            seen.read();
            props.onShowNewest();
          }}
          onSend={() => {
            setWrote(null);
            wrote.again();
          }}
        />
      )}
      {state.conflict && (
        <DraftConflictDialog
          mine={content}
          theirs={state.conflict}
          onChoose={(choice) => keeper.resolve(choice)}
        />
      )}
    </form>
  );

  function tools() {
    return (
      <>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={t('attachment.add')}
          onChange={(event) => {
            uploads.add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <IconButton
          label={t('attachment.add')}
          className="size-7!"
          onClick={() => files.current?.click()}
        >
          <Paperclip size={15} aria-hidden />
        </IconButton>
        <Picker
          open={canned}
          onOpenChange={setCanned}
          label={t('canned.list')}
          empty={t('canned.none')}
          side="top"
          keepFocus
          items={replies.map((reply) => ({
            id: reply.id,
            label: reply.name,
            hint: textOfHtml(reply.html).slice(0, 80),
          }))}
          onPick={(replyId) => void placeCanned(replyId).then((html) => html && insert(html))}
        >
          <IconButton label={t('canned.open')} className="size-7!">
            <MessageSquareText size={15} className="rtl:-scale-x-100" aria-hidden />
          </IconButton>
        </Picker>
        {kind === 'note' && (
          <IconButton label={t('mention.open')} className="size-7!" onClick={() => insert('@')}>
            <AtSign size={15} aria-hidden />
          </IconButton>
        )}
      </>
    );
  }
}
