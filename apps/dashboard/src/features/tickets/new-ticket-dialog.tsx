import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { answer, api } from '../../api/client.js';
import type { Ticket, TicketPriority } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { useMe } from '../auth/queries.js';
import { showDialog } from '../desk/dialogs.js';
import { commandKey } from '../shortcuts/catalogue.js';
import { ticketQuery } from './queries.js';
import { priorities } from './search.js';

interface Form {
  subject: string;
  requester: { email: string; name: string };
  body: string;
  priority: TicketPriority;
  tags: string;
  mine: boolean;
}

const fields = ['subject', 'requester.email', 'requester.name', 'body', 'tags'] as const;

/** A ticket that somebody brings by telephone, or that we open ourselves. */
export default function NewTicketDialog() {
  const t = useText();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const created = useRef<Ticket | null>(null);
  const { register, handleSubmit, formState, setError } = useForm<Form>({
    defaultValues: {
      subject: '',
      requester: { email: '', name: '' },
      body: '',
      priority: 'normal',
      tags: '',
      mine: true,
    },
  });
  const { errors, isSubmitting } = formState;
  const create = useMutation({
    mutationFn: async ({ subject, requester, body, priority, tags, mine }: Form) => {
      const name = requester.name.trim();
      const words = tags.split(',').map((tag) => tag.trim().toLowerCase());
      const ticket = {
        subject,
        body,
        priority,
        requester: { email: requester.email.trim(), ...(name && { name }) },
        tags: [...new Set(words.filter(Boolean))],
        ...(mine && me && { assigneeId: me.user.id }),
      };
      return (await answer(api.POST('/api/v1/tickets', { body: ticket }))).data;
    },
    onSuccess: (ticket) => {
      client.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
      void client.invalidateQueries({ queryKey: ['tickets'] });
      void client.invalidateQueries({ queryKey: ['count'] });
    },
  });

  const submit = handleSubmit(async (values) => {
    try {
      created.current = await create.mutateAsync(values);
    } catch (error) {
      showErrors(t, error, fields, setError);
      return;
    }
    showDialog(null);
    const search = { status: 'open' } as const;
    await navigate({ to: '/tickets/$ticketId', params: { ticketId: created.current.id }, search });
  });
  const required = { required: t('field.required') };

  return (
    <Dialog
      open
      onOpenChange={() => showDialog(null)}
      title={t('action.newTicket')}
      shape="wide"
      // The new ticket takes the focus; giving it back to the button would take it away again.
      onClosed={(event) => created.current && event.preventDefault()}
    >
      <form
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && commandKey(event)) void submit();
        }}
        noValidate
        className="space-y-4"
      >
        <FormError message={errors.root?.message} error={create.error} />
        <Field label={t('field.subject')} error={errors.subject?.message}>
          {(control) => (
            <input
              {...control}
              {...register('subject', required)}
              maxLength={500}
              data-autofocus
              dir="auto"
              className="field"
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('field.requesterEmail')} error={errors.requester?.email?.message}>
            {(control) => (
              <input
                {...control}
                {...register('requester.email', required)}
                type="email"
                dir="ltr"
                autoComplete="off"
                className="field"
              />
            )}
          </Field>
          <Field
            label={t('field.requesterName')}
            optional={t('field.optional')}
            error={errors.requester?.name?.message}
          >
            {(control) => (
              <input
                {...control}
                {...register('requester.name')}
                dir="auto"
                autoComplete="off"
                maxLength={200}
                className="field"
              />
            )}
          </Field>
        </div>
        <Field label={t('field.message')} error={errors.body?.message}>
          {(control) => (
            <textarea
              {...control}
              {...register('body', required)}
              rows={5}
              dir="auto"
              className="field field-sizing-content max-h-[34vh] min-h-28 resize-none"
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('field.priority')}>
            {(control) => (
              <select {...control} {...register('priority')} className="field">
                {priorities.map((priority) => (
                  <option key={priority} value={priority}>
                    {t(`priority.${priority}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field
            label={t('field.tags')}
            hint={t('field.tagsHint')}
            optional={t('field.optional')}
            error={errors.tags?.message}
          >
            {(control) => (
              <input
                {...control}
                {...register('tags')}
                dir="auto"
                autoComplete="off"
                className="field"
              />
            )}
          </Field>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 pt-1">
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" {...register('mine')} className="size-4 accent-accent" />
            {t('newTicket.mine')}
          </label>
          <Button type="submit" variant="primary" shortcut="send" disabled={isSubmitting}>
            {isSubmitting ? t('newTicket.pending') : t('newTicket.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
