import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Dialog } from '../../ui/dialog.js';
import { Loaded } from '../../ui/loaded.js';
import { activePeopleQuery } from '../people/queries.js';
import { NameFields, Tick } from './name-fields.js';
import { membersQuery, saveSetting, useSettingChanged } from './queries.js';
import { SettingDialog } from './setting-dialog.js';
import type { Team } from './types.js';

/** What a team is called and for; whether new tickets come to it. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useText();
  const changed = useSettingChanged('teams');
  const [name, setName] = useState(team?.name ?? '');
  const [description, setDescription] = useState(team?.description ?? '');
  const [isDefault, setDefault] = useState(team?.isDefault ?? false);
  return (
    <SettingDialog
      title={team ? t('deskSettings.editTitle', { name: team.name }) : t('teams.create')}
      action={t(team ? 'deskSettings.save' : 'teams.create')}
      onClose={onClose}
      onSave={async () => {
        const standard = isDefault === (team?.isDefault ?? false) ? {} : { isDefault };
        await saveSetting('/teams', team, { name, description, ...(team && standard) });
        await changed();
      }}
    >
      {(errors) => (
        <>
          <NameFields
            name={name}
            onName={setName}
            longest={100}
            description={description}
            onDescription={setDescription}
            errors={errors}
          />
          {team && (
            <Tick
              label={t('teams.default')}
              hint={t('teams.defaultHint')}
              checked={isDefault}
              onChange={setDefault}
            />
          )}
        </>
      )}
    </SettingDialog>
  );
}

/** Who is in a team; every tick counts at once. */
export function MembersDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useText();
  const attempt = useAttempt();
  const changed = useSettingChanged('teams');
  const members = useQuery(membersQuery(team.id));
  const { data: people = [] } = useQuery(activePeopleQuery);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState<string | null>(null);
  const words = typed.trim().toLocaleLowerCase();
  return (
    <Dialog open onOpenChange={onClose} title={t('teams.membersTitle', { name: team.name })}>
      <input
        type="search"
        aria-label={t('teams.find')}
        placeholder={t('teams.find')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        data-autofocus
        dir="auto"
        className="field mb-2"
      />
      <Loaded query={members} rows={4}>
        {(found) => {
          const inside = new Set(found.map(({ id }) => id));
          return (
            <ul aria-label={t('teams.members')}>
              {people
                .filter(({ name }) => name.toLocaleLowerCase().includes(words))
                .map(({ id, name, email }) => (
                  <li key={id} className="border-b border-line last:border-b-0">
                    <label className="flex min-h-11 items-center gap-3 text-sm">
                      <input
                        type="checkbox"
                        className="size-4 accent-accent"
                        checked={inside.has(id)}
                        disabled={busy === id}
                        onChange={({ target }) => {
                          setBusy(id);
                          void attempt(
                            async () => {
                              const path = `/teams/${team.id}/members/${id}`;
                              await call(target.checked ? 'PUT' : 'DELETE', path);
                              await changed();
                            },
                            { failed: t('deskSettings.failed') },
                          ).finally(() => setBusy(null));
                        }}
                      />
                      <bdi className="min-w-0 truncate">{name}</bdi>
                      <bdi className="min-w-0 truncate text-xs text-muted">{email}</bdi>
                    </label>
                  </li>
                ))}
            </ul>
          );
        }}
      </Loaded>
    </Dialog>
  );
}
