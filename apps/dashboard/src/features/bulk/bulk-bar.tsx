import { useQuery } from '@tanstack/react-query';
import {
  CircleDot,
  SignalHigh,
  Tag,
  UserRound,
  UsersRound,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { IconButton } from '../../ui/icon-button.js';
import { MenuButton, type OpenedMenu } from '../../ui/menu-button.js';
import { MenuItem, MenuLine, OpenMenu } from '../../ui/menu.js';
import { useMe } from '../auth/queries.js';
import { teamsQuery } from '../desk/queries.js';
import { assigneesQuery } from '../people/queries.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { priorities, statuses, type TicketSearch } from '../tickets/search.js';
import { clearSelection, selectEverything, useSelection } from '../tickets/selection.js';
import { PriorityIcon, StatusIcon } from '../tickets/status.js';
import type { BulkChange } from './operations.js';
import { TagDialog } from './tag-dialog.js';
import { useBulk } from './use-bulk.js';

/** What can be done to the chosen tickets, and how far it is. */
export default function BulkBar({ search }: { search: TicketSearch }) {
  const t = useText();
  const { ids, everything } = useSelection();
  const { run, running, mayTakeAll } = useBulk(search);
  const [tagging, setTagging] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const some = everything || ids.size > 0;
  const able = some && !running;
  useShortcut('close', () => void run({ closed: true }), able);
  useShortcut(
    'assign',
    () => bar.current?.querySelector<HTMLElement>('[data-bulk="assign"]')?.click(),
    able,
  );
  return (
    <div
      ref={bar}
      role="region"
      aria-label={t('bulk.label')}
      className="appear-up border-t border-line bg-raised px-3 py-2 shadow-float"
    >
      {running ? (
        <Progress done={running.done} total={running.total} />
      ) : (
        <>
          <div className="flex min-h-6 flex-wrap items-center gap-x-2 text-sm">
            <p role="status" className="flex-1 font-medium">
              {everything ? t('bulk.everything') : t('bulk.chosen', { count: ids.size })}
            </p>
            {!everything && ids.size > 0 && mayTakeAll && (
              <button
                type="button"
                onClick={selectEverything}
                className="h-6 rounded px-1 text-xs font-medium text-accent-text hover:bg-hover"
              >
                {t('bulk.takeAll')}
              </button>
            )}
            <IconButton label={t('bulk.clear')} onClick={clearSelection} className="-me-2">
              <X size={15} aria-hidden />
            </IconButton>
          </div>
          {some && <Actions run={(change) => void run(change)} onTags={() => setTagging(true)} />}
        </>
      )}
      <TagDialog
        open={tagging}
        onClose={() => setTagging(false)}
        onDone={(change) => {
          setTagging(false);
          void run(change);
        }}
      />
    </div>
  );
}

function Progress({ done, total }: { done: number; total: number }) {
  const t = useText();
  return (
    <div className="py-1 text-sm">
      <p role="status">{t('bulk.progress', { done, total })}</p>
      <progress
        aria-label={t('bulk.running')}
        value={done}
        max={Math.max(total, 1)}
        className="mt-2 h-1.5 w-full accent-(--accent)"
      />
    </div>
  );
}

interface ActionsProps {
  run: (change: BulkChange) => void;
  onTags: () => void;
}

function Actions({ run, onTags }: ActionsProps) {
  const t = useText();
  return (
    <div className="-mx-1.5 flex flex-wrap items-center">
      <Action
        icon={CircleDot}
        label={t('field.status')}
        menu={(opened) => (
          <OpenMenu {...opened} label={t('field.status')}>
            {statuses.map((status) => (
              <MenuItem
                key={status}
                onSelect={() => run(status === 'closed' ? { closed: true } : { status })}
              >
                <StatusIcon status={status} />
                {t(`status.${status}`)}
              </MenuItem>
            ))}
          </OpenMenu>
        )}
      />
      <Action
        icon={UserRound}
        label={t('action.assign')}
        mark="assign"
        menu={(opened) => <PeopleMenu {...opened} run={run} />}
      />
      <Action
        icon={UsersRound}
        label={t('bulk.team')}
        menu={(opened) => <TeamMenu {...opened} run={run} />}
      />
      <Action
        icon={SignalHigh}
        label={t('field.priority')}
        menu={(opened) => (
          <OpenMenu {...opened} label={t('field.priority')}>
            {priorities.map((priority) => (
              <MenuItem key={priority} onSelect={() => run({ priority })}>
                <PriorityIcon priority={priority} />
                {t(`priority.${priority}`)}
              </MenuItem>
            ))}
          </OpenMenu>
        )}
      />
      <IconButton label={t('field.tags')} onClick={onTags}>
        <Tag size={15} aria-hidden />
      </IconButton>
    </div>
  );
}

interface ActionProps {
  icon: LucideIcon;
  label: string;
  mark?: string;
  menu: (opened: OpenedMenu) => ReactNode;
}

function Action({ icon: Icon, label, mark, menu }: ActionProps) {
  return (
    <MenuButton menu={menu}>
      {(trigger) => (
        <IconButton label={label} data-bulk={mark} {...trigger}>
          <Icon size={15} aria-hidden />
        </IconButton>
      )}
    </MenuButton>
  );
}

type RunMenuProps = OpenedMenu & { run: (change: BulkChange) => void };

function PeopleMenu({ run, ...opened }: RunMenuProps) {
  const t = useText();
  const me = useMe();
  const { data: people = [] } = useQuery(assigneesQuery);
  return (
    <OpenMenu {...opened} label={t('action.assign')} className="max-h-72 w-60">
      {me && me.user.role !== 'viewer' && (
        <MenuItem onSelect={() => run({ assigneeId: me.user.id })}>
          <bdi className="truncate">{t('assign.meNamed', { name: me.user.name })}</bdi>
        </MenuItem>
      )}
      <MenuItem onSelect={() => run({ assigneeId: null })}>{t('assign.nobody')}</MenuItem>
      <MenuLine />
      {people
        .filter(({ id }) => id !== me?.user.id)
        .map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => run({ assigneeId: id })}>
            <bdi className="truncate">{name}</bdi>
          </MenuItem>
        ))}
    </OpenMenu>
  );
}

function TeamMenu({ run, ...opened }: RunMenuProps) {
  const t = useText();
  const { data: teams = [] } = useQuery(teamsQuery);
  return (
    <OpenMenu {...opened} label={t('bulk.team')} className="max-h-72 w-56">
      <MenuItem onSelect={() => run({ teamId: null })}>{t('bulk.noTeam')}</MenuItem>
      {teams.length > 0 && <MenuLine />}
      {teams.map(({ id, name }) => (
        <MenuItem key={id} onSelect={() => run({ teamId: id })}>
          <bdi className="truncate">{name}</bdi>
        </MenuItem>
      ))}
    </OpenMenu>
  );
}
