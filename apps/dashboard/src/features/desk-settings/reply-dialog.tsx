import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { useCan } from '../auth/queries.js';
import { HtmlField } from './html-field.js';
import { NameFields } from './name-fields.js';
import { saveSetting, useSettingChanged } from './queries.js';
import { ScopeFields } from './scope-fields.js';
import { SettingDialog } from './setting-dialog.js';
import type { CannedReply, Scope } from './types.js';

const places = [
  'customer.name',
  'customer.firstName',
  'customer.email',
  'ticket.number',
  'ticket.subject',
  'agent.name',
  'organization.name',
  'ticket.fields.<key>',
];

/** A text that is said often, with places for what differs. */
export function ReplyDialog({
  reply,
  onClose,
}: {
  reply: CannedReply | null;
  onClose: () => void;
}) {
  const t = useText();
  const shares = useCan('desk:write');
  const changed = useSettingChanged('canned-replies');
  const [name, setName] = useState(reply?.name ?? '');
  const [html, setHtml] = useState(reply?.html ?? '');
  const [scope, setScope] = useState<Scope>(reply?.scope ?? (shares ? 'organization' : 'personal'));
  const [teamId, setTeamId] = useState<string | null>(reply?.teamId ?? null);
  return (
    <SettingDialog
      wide
      title={reply ? t('deskSettings.editTitle', { name: reply.name }) : t('replies.create')}
      action={t(reply ? 'deskSettings.save' : 'replies.create')}
      onClose={onClose}
      onSave={async () => {
        const owner = reply ? {} : { scope, ...(teamId && { teamId }) };
        await saveSetting('/canned-replies', reply, { name, html, ...owner });
        await changed();
      }}
    >
      {(errors) => (
        <>
          <NameFields name={name} onName={setName} longest={100} errors={errors} />
          <HtmlField
            label={t('replies.text')}
            hint={t('replies.textHint')}
            html={html}
            error={errors.html}
            onChange={setHtml}
          />
          <details className="text-xs text-muted">
            <summary className="cursor-pointer">{t('replies.places')}</summary>
            <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
              {places.map((place) => (
                <li key={place}>
                  <code dir="ltr" className="font-mono">{`{{${place}}}`}</code>
                </li>
              ))}
            </ul>
          </details>
          <ScopeFields
            scope={scope}
            teamId={teamId}
            fixed={reply !== null}
            errors={errors}
            onChange={(next, team) => {
              setScope(next);
              setTeamId(team);
            }}
          />
        </>
      )}
    </SettingDialog>
  );
}
