import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Check, UserRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Ticket } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { floating } from '../../ui/menu.js';
import { useMe } from '../auth/queries.js';
import { assigneesQuery } from '../people/queries.js';
import type { Person } from './actions.js';

interface AssigneePickerProps {
  ticket: Ticket;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAssign: (person: Person | null) => void;
  align?: 'start' | 'end';
  children: ReactNode;
}

const row =
  'flex h-8 cursor-pointer items-center gap-2 rounded-lg px-2 text-sm select-none data-[selected=true]:bg-hover';

/** Chooses who works on a ticket: me first, then everybody by name. */
export function AssigneePicker(props: AssigneePickerProps) {
  const { ticket, open, onOpenChange, onAssign, align = 'start', children } = props;
  const t = useText();
  const me = useMe();
  const { data: people = [] } = useQuery({ ...assigneesQuery, enabled: open });
  // The first of the list, chosen from the start: `a` and Enter takes a ticket.
  const myself = `${t('assign.me')} ${me?.user.name ?? ''}`;
  const choose = (person: Person | null) => {
    onOpenChange(false);
    if (person?.id !== ticket.assignee?.id) onAssign(person);
  };
  const others = people.filter((person) => person.id !== me?.user.id);
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('action.assign')}
          className={`${floating} w-64`}
        >
          <Command label={t('assign.search')} defaultValue={myself} loop>
            <Command.Input
              placeholder={t('assign.search')}
              className="mb-1 h-8 w-full border-b border-line bg-transparent px-2 text-sm outline-none"
            />
            <Command.List label={t('assign.people')} className="max-h-64 overflow-y-auto">
              <Command.Empty className="px-2 py-3 text-center text-sm text-muted">
                {t('assign.none')}
              </Command.Empty>
              {me && me.user.role !== 'viewer' && (
                <Command.Item value={myself} onSelect={() => choose(me.user)} className={row}>
                  <Avatar name={me.user.name} ours size="small" />
                  <span className="flex-1 truncate">
                    {t('assign.meNamed', { name: me.user.name })}
                  </span>
                  {ticket.assignee?.id === me.user.id && <Check size={14} aria-hidden />}
                </Command.Item>
              )}
              <Command.Item
                value={t('assign.nobody')}
                onSelect={() => choose(null)}
                className={row}
              >
                <UserRound size={16} className="mx-0.5 text-subtle" aria-hidden />
                <span className="flex-1">{t('assign.nobody')}</span>
                {!ticket.assignee && <Check size={14} aria-hidden />}
              </Command.Item>
              {others.map((person) => (
                <Command.Item
                  key={person.id}
                  value={person.id}
                  keywords={[person.name, person.email]}
                  onSelect={() => choose(person)}
                  className={row}
                >
                  <Avatar name={person.name} ours size="small" />
                  <span className="flex-1 truncate">{person.name}</span>
                  {ticket.assignee?.id === person.id && <Check size={14} aria-hidden />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
