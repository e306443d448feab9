import { useQuery } from '@tanstack/react-query';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.js';
import { useCan } from '../features/auth/queries.js';
import { teamsQuery, useSettingChanged } from '../features/desk-settings/queries.js';
import { SettingRows } from '../features/desk-settings/setting-rows.js';
import { MembersDialog, TeamDialog } from '../features/desk-settings/team-dialogs.js';
import type { Team } from '../features/desk-settings/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';

/** Who works together: a ticket can be a team's before it is anybody's. */
export function TeamsRoute() {
  const t = useText();
  const writes = useCan('desk:write');
  const changed = useSettingChanged('teams');
  const query = useQuery(teamsQuery);
  const [open, setOpen] = useState<Team | 'new' | null>(null);
  const [members, setMembers] = useState<Team | null>(null);
  return (
    <PageBody
      title={t('pages.teams')}
      intro={t('teams.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setOpen('new')}>
            <Plus size={15} aria-hidden />
            {t('teams.create')}
          </Button>
        )
      }
    >
      <Allowed right="tickets:read">
        <Loaded query={query}>
          {(found) => {
            const teams = found.filter(({ archivedAt }) => !archivedAt);
            return teams.length === 0 ? (
              <EmptyState icon={UsersRound} title={t('teams.empty')} body={t('teams.emptyHint')} />
            ) : (
              <SettingRows
                label={t('pages.teams')}
                items={teams}
                badges={(team) =>
                  team.isDefault && <Badge tone="good">{t('deskSettings.default')}</Badge>
                }
                about={(team) => (
                  <>
                    {team.description && <bdi className="block">{team.description}</bdi>}
                    {t('teams.memberCount', { count: team.memberCount })}
                  </>
                )}
                writes={() => writes}
                onEdit={setOpen}
                more={(team) => (
                  <IconButton
                    label={t('teams.membersOf', { name: team.name })}
                    onClick={() => setMembers(team)}
                  >
                    <UsersRound size={15} aria-hidden />
                  </IconButton>
                )}
                removal="archive"
                onRemove={async ({ id }) => {
                  await call('DELETE', `/teams/${id}`);
                  await changed();
                }}
              />
            );
          }}
        </Loaded>
      </Allowed>
      {open && <TeamDialog team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      {members && <MembersDialog team={members} onClose={() => setMembers(null)} />}
    </PageBody>
  );
}
