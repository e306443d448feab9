import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { ApiError } from '../../api/error.js';
import type { Me, Message } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';
import { isPlanRefusal, showRefusal } from '../../ui/refusals.js';
import { messagesQuery } from '../tickets/queries.js';
import type { DraftContent, DraftKind } from './draft-keeper.js';
import { textOfHtml } from './plain.js';

/** A message as it is sent. */
export interface Outgoing {
  kind: DraftKind;
  content: DraftContent;
  /** Who is spoken to in a note. */
  mentions: { id: string; name: string }[];
  /** The newest message that its author has had before their eyes. */
  lastSeenMessageId: string | undefined;
  fromDraft: boolean;
  /** The state that the ticket is put into with it. */
  stateId?: string | undefined;
}

export type SendResult = 'sent' | 'failed' | { wrote: string[] };

/** Sends a reply or a note, and knows what is on its way. */
export function useSend(ticketId: string, me: Me | undefined) {
  const t = useText();
  const client = useQueryClient();
  const [sending, setSending] = useState<Message | null>(null);
  const { mutateAsync } = useMutation({
    mutationFn: ({ kind, content, mentions, lastSeenMessageId, fromDraft, stateId }: Outgoing) => {
      const body = {
        kind,
        html: content.html,
        ...(kind === 'reply' && content.cc !== null && { cc: content.cc }),
        ...(kind === 'reply' && content.bcc.length > 0 && { bcc: content.bcc }),
        ...(kind === 'note' && { mentions: mentions.map(({ id }) => id) }),
        ...(content.attachments.length > 0 && {
          attachmentIds: content.attachments.map(({ id }) => id),
        }),
        ...(kind === 'reply' && lastSeenMessageId && { lastSeenMessageId }),
        ...(fromDraft && { fromDraft }),
        ...(stateId && { stateId }),
      };
      return call<{ data: Message }>('POST', `/tickets/${ticketId}/messages`, { body });
    },
    onSuccess: ({ data }) => {
      // Put at the end at once, unless the event stream was faster.
      client.setQueryData(messagesQuery(ticketId).queryKey, (pages) => {
        const last = pages?.pages.at(-1);
        if (
          !pages ||
          !last ||
          pages.pages.some((page) => page.data.some(({ id }) => id === data.id))
        ) {
          return pages;
        }
        return {
          ...pages,
          pages: [...pages.pages.slice(0, -1), { ...last, data: [...last.data, data] }],
        };
      });
      void client.invalidateQueries({ queryKey: ['messages', ticketId] });
      void client.invalidateQueries({ queryKey: ['ticket', ticketId] });
      void client.invalidateQueries({ queryKey: ['tickets'] });
      void client.invalidateQueries({ queryKey: ['drafts'] });
    },
  });

  const send = async (outgoing: Outgoing): Promise<SendResult> => {
    if (me) setSending(preview(ticketId, me, outgoing));
    try {
      await mutateAsync(outgoing);
      return 'sent';
    } catch (error) {
      if (error instanceof ApiError && error.code === 'ticket.customer_wrote') {
        await client.invalidateQueries({ queryKey: ['messages', ticketId] });
        const { messageIds } = error.info;
        return { wrote: Array.isArray(messageIds) ? (messageIds as string[]) : [] };
      }
      if (isPlanRefusal(error)) showRefusal(error);
      else notify({ tone: 'failed', title: t('composer.failed'), detail: errorText(t, error) });
      return 'failed';
    } finally {
      setSending(null);
    }
  };
  return { send, sending };
}

function preview(ticketId: string, me: Me, { kind, content, mentions }: Outgoing): Message {
  return {
    id: 'sending',
    ticketId,
    kind,
    author: { type: 'user', id: me.user.id, name: me.user.name },
    body: textOfHtml(content.html),
    html: content.html,
    quote: null,
    cc: kind === 'reply' ? (content.cc ?? []) : [],
    bcc: content.bcc,
    mentions,
    attachments: content.attachments,
    originTicket: null,
    channel: 'web',
    createdAt: new Date().toISOString(),
    delivery: null,
  };
}
