import { Link } from '@tanstack/react-router';
import {
  AlarmClock,
  ArrowLeft,
  CircleCheck,
  Ellipsis,
  GitMerge,
  Hand,
  PanelRight,
  RotateCcw,
  Split,
  UserRoundPlus,
  Zap,
} from 'lucide-react';
import { useState, type Ref } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, MenuItem } from '../../ui/menu.js';
import { Time } from '../../ui/time.js';
import { Tooltip } from '../../ui/tooltip.js';
import { useMe } from '../auth/queries.js';
import { PresentPeople } from '../presence/present-people.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { MacroPicker } from '../ticket-dialogs/macro-picker.js';
import type { TicketActions } from './actions.js';
import { AssigneePicker } from './assignee-picker.js';
import type { TicketSearch } from './search.js';
import { StatusIcon } from './status.js';
import { SubjectLine } from './subject-line.js';
import { useStates } from './ticket-queries.js';
import type { DeepTicket, Present } from './ticket-types.js';

interface TicketHeaderProps {
  ticket: DeepTicket;
  search: TicketSearch;
  actions: TicketActions;
  writes: boolean;
  heading: Ref<HTMLHeadingElement>;
  others: Present[];
  onDetails: () => void;
  onDialog: (dialog: 'merge' | 'split' | 'snooze') => void;
  onMacro: (id: string) => void;
}

/** What the ticket is about, its state, and the things done to it most often. */
export function TicketHeader(props: TicketHeaderProps) {
  const { ticket, search, actions, writes, heading, others, onDetails, onDialog } = props;
  const t = useText();
  const me = useMe();
  const [assigning, setAssigning] = useState(false);
  const [macros, setMacros] = useState(false);
  const state = useStates().find(({ id }) => id === ticket.stateId);
  const closed = ticket.status === 'closed';
  const toggle = () => void (closed ? actions.reopen() : actions.close());
  const takes = writes && !ticket.assignee && !closed && me?.user.role !== 'viewer';
  useShortcut('assign', () => setAssigning(true), writes);
  useShortcut('close', toggle, writes);
  useShortcut('take', () => me && void actions.assign(me.user, null), takes);
  useShortcut('macro', () => setMacros(true), writes);
  useShortcut('snooze', () => onDialog('snooze'), writes);
  useShortcut('merge', () => onDialog('merge'), writes);
  return (
    <header className="flex items-start gap-1 border-b border-line px-2 py-2 sm:gap-2 sm:px-4">
      <Tooltip label={t('shortcut.back')} shortcut="back">
        <Link
          to="/tickets"
          search={search}
          aria-label={t('shortcut.back')}
          className="flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-hover md:hidden"
        >
          <ArrowLeft size={18} className="rtl:-scale-x-100" aria-hidden />
        </Link>
      </Tooltip>
      <div className="min-w-0 flex-1 py-0.5">
        <SubjectLine
          subject={ticket.subject}
          version={ticket.version}
          heading={heading}
          onChange={writes ? (subject, seen) => void actions.setSubject(subject, seen) : undefined}
        />
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
          <span className="tabular-nums">{t('ticket.number', { number: ticket.number })}</span>
          <span className="flex items-center gap-1">
            <StatusIcon status={ticket.status} />
            {state?.name ?? t(`status.${ticket.status}`)}
          </span>
          {ticket.snoozedUntil && (
            <span className="flex items-center gap-1 text-warn">
              <AlarmClock size={13} aria-hidden />
              {t('snooze.until')} <Time at={ticket.snoozedUntil} />
            </span>
          )}
        </p>
      </div>
      <PresentPeople people={others} />
      {writes && (
        <>
          {takes && (
            <Tooltip label={t('action.take')} shortcut="take">
              <Button
                shortcut="take"
                onClick={() => me && void actions.assign(me.user, null)}
                className="max-sm:hidden"
              >
                <Hand size={15} aria-hidden />
                {t('action.take')}
              </Button>
            </Tooltip>
          )}
          <AssigneePicker
            ticket={ticket}
            open={assigning}
            onOpenChange={setAssigning}
            onAssign={(person) => void actions.assign(person)}
            align="end"
          >
            <IconButton label={t('action.assign')} shortcut="assign" className="max-sm:hidden">
              <UserRoundPlus size={17} aria-hidden />
            </IconButton>
          </AssigneePicker>
          <MacroPicker open={macros} onOpenChange={setMacros} onPick={props.onMacro}>
            <IconButton label={t('macro.open')} shortcut="macro">
              <Zap size={17} aria-hidden />
            </IconButton>
          </MacroPicker>
          <Tooltip label={t('shortcut.close')} shortcut="close">
            <Button shortcut="close" onClick={toggle} className="max-sm:w-8 max-sm:px-0">
              {closed ? <RotateCcw size={15} aria-hidden /> : <CircleCheck size={15} aria-hidden />}
              <span className="max-sm:sr-only">
                {closed ? t('action.reopen') : t('action.close')}
              </span>
            </Button>
          </Tooltip>
          <Menu
            align="end"
            trigger={
              <Button aria-label={t('ticket.more')} variant="ghost" className="size-8 px-0!">
                <Ellipsis size={17} aria-hidden />
              </Button>
            }
          >
            {takes && (
              <MenuItem onSelect={() => me && void actions.assign(me.user, null)}>
                <Hand size={15} className="text-muted" aria-hidden />
                {t('action.take')}
              </MenuItem>
            )}
            <MenuItem onSelect={() => onDialog('snooze')}>
              <AlarmClock size={15} className="text-muted" aria-hidden />
              {t('snooze.open')}
            </MenuItem>
            <MenuItem onSelect={() => onDialog('merge')}>
              <GitMerge size={15} className="text-muted" aria-hidden />
              {t('merge.open')}
            </MenuItem>
            <MenuItem onSelect={() => onDialog('split')}>
              <Split size={15} className="text-muted" aria-hidden />
              {t('split.choose')}
            </MenuItem>
          </Menu>
        </>
      )}
      <IconButton label={t('ticket.details')} onClick={onDetails} className="xl:hidden">
        <PanelRight size={17} className="rtl:-scale-x-100" aria-hidden />
      </IconButton>
    </header>
  );
}
