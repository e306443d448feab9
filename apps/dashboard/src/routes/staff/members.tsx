import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { StaffList } from '../../features/staff/list.js';
import { endMember, membersQuery } from '../../features/staff/member-queries.js';
import { NewMemberDialog } from '../../features/staff/new-member-dialog.js';
import { useMay, useStaff, useStaffChange } from '../../features/staff/queries.js';
import { useStaffAttempt } from '../../features/staff/refusals.js';
import type { Staff } from '../../features/staff/types.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Page } from '../../ui/page.js';

/** Who runs the deployment. */
export function StaffMembersRoute() {
  const t = useText();
  const mayMake = useMay('staff:write');
  const query = useInfiniteQuery(membersQuery);
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title={t('staff.members')}
      intro={t('staff.members.intro')}
      actions={
        mayMake && (
          <Button variant="primary" onClick={() => setMaking(true)}>
            <UserPlus size={15} aria-hidden />
            {t('staff.members.make')}
          </Button>
        )
      }
    >
      <StaffList
        query={query}
        label={t('staff.members')}
        empty={{ icon: Users, title: t('staff.none') }}
      >
        {(member) => <Row key={member.id} member={member} />}
      </StaffList>
      {isMaking && <NewMemberDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Row({ member }: { member: Staff }) {
  const t = useText();
  const me = useStaff();
  const mayEnd = useMay('staff:write');
  const attempt = useStaffAttempt();
  const end = useStaffChange(endMember);
  const [isAsking, setAsking] = useState(false);
  const { id, name, email, role, hasSecondFactor, endedAt } = member;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2.5">
      <Avatar name={name} ours={endedAt === null} />
      <div className="min-w-0 flex-1 basis-40">
        <span className="block truncate text-sm font-medium">
          <bdi>{name}</bdi>
        </span>
        <span className="block truncate text-xs text-muted">
          <bdi>{email}</bdi>
        </span>
      </div>
      <span className="text-sm text-muted">{t(`staff.role.${role}`)}</span>
      {endedAt !== null && <Badge tone="bad">{t('staff.members.ended')}</Badge>}
      {endedAt === null && !hasSecondFactor && (
        <Badge tone="warn">{t('staff.members.noApp')}</Badge>
      )}
      {mayEnd && endedAt === null && id !== me?.id && (
        <>
          <Button disabled={end.isPending} onClick={() => setAsking(true)}>
            {t('staff.members.end')}
            <span className="sr-only">{name}</span>
          </Button>
          <Confirm
            open={isAsking}
            onOpenChange={setAsking}
            title={t('staff.members.endTitle', { name })}
            body={t('staff.members.endBody')}
            action={t('staff.members.end')}
            onConfirm={() =>
              void attempt(() => end.mutateAsync(id), t('staff.members.over', { name }))
            }
          />
        </>
      )}
    </li>
  );
}
