import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Menu, MenuChoices } from '../../ui/menu.js';
import { Picker } from '../../ui/picker.js';
import type { TicketActions } from '../tickets/actions.js';
import { AssigneePicker } from '../tickets/assignee-picker.js';
import { priorities } from '../tickets/search.js';
import { PriorityIcon, StatusIcon } from '../tickets/status.js';
import { TagEditor } from '../tickets/tag-editor.js';
import { teamsQuery, useStates } from '../tickets/ticket-queries.js';
import { ticketTypes, type DeepTicket } from '../tickets/ticket-types.js';
import { Property, PropertyButton } from './property.js';

interface TicketPropertiesProps {
  ticket: DeepTicket;
  actions: TicketActions;
  writes: boolean;
}

const nothing = 'none' as const;

/** State, priority, type, team, assignee and tags of a ticket: each changed where it stands. */
export function TicketProperties({ ticket, actions, writes }: TicketPropertiesProps) {
  const t = useText();
  const [assigning, setAssigning] = useState(false);
  const [teaming, setTeaming] = useState(false);
  const states = useStates();
  const { data: teams = [] } = useQuery(teamsQuery);
  const state = states.find(({ id }) => id === ticket.stateId);
  const stateName = state?.name ?? t(`status.${ticket.status}`);
  const team = teams.find(({ id }) => id === ticket.teamId);
  const teamName = team?.name ?? t('team.none');
  const { assignee, type } = ticket;
  const typeName = t(`type.${type ?? nothing}`);
  return (
    <dl className="flex flex-col gap-1">
      <Property label={t('field.status')}>
        <Menu
          className="max-h-80 w-(--radix-dropdown-menu-trigger-width) overflow-y-auto"
          trigger={
            <PropertyButton
              field={t('field.status')}
              value={stateName}
              disabled={!writes}
              icon={<StatusIcon status={ticket.status} />}
            />
          }
        >
          <MenuChoices
            value={ticket.stateId}
            onChange={(id) => {
              const chosen = states.find((each) => each.id === id);
              if (chosen) void actions.setState(chosen);
            }}
            choices={states
              .filter((each) => !each.archivedAt || each.id === ticket.stateId)
              .map((each) => ({
                value: each.id,
                label: each.name,
                icon: <StatusIcon status={each.category} />,
              }))}
          />
        </Menu>
      </Property>
      <Property label={t('field.priority')}>
        <Menu
          className="w-(--radix-dropdown-menu-trigger-width)"
          trigger={
            <PropertyButton
              field={t('field.priority')}
              value={t(`priority.${ticket.priority}`)}
              disabled={!writes}
              icon={<PriorityIcon priority={ticket.priority} />}
            />
          }
        >
          <MenuChoices
            value={ticket.priority}
            onChange={(priority) => void actions.setPriority(priority)}
            choices={priorities.map((priority) => ({
              value: priority,
              label: t(`priority.${priority}`),
              icon: <PriorityIcon priority={priority} />,
            }))}
          />
        </Menu>
      </Property>
      <Property label={t('field.type')}>
        <Menu
          className="w-(--radix-dropdown-menu-trigger-width)"
          trigger={
            <PropertyButton
              field={t('field.type')}
              value={typeName}
              unset={!type}
              disabled={!writes}
            />
          }
        >
          <MenuChoices
            value={type ?? nothing}
            onChange={(chosen) => void actions.setType(chosen === nothing ? null : chosen)}
            choices={[nothing, ...ticketTypes].map((each) => ({
              value: each,
              label: t(`type.${each}`),
            }))}
          />
        </Menu>
      </Property>
      <Property label={t('field.team')}>
        <Picker
          open={teaming}
          onOpenChange={setTeaming}
          label={t('team.find')}
          empty={t('team.nobody')}
          value={ticket.teamId ?? nothing}
          items={[
            { id: nothing, label: t('team.none') },
            ...teams
              .filter((each) => !each.archivedAt || each.id === ticket.teamId)
              .map(({ id, name }) => ({ id, label: name })),
          ]}
          onPick={(id) => void actions.setTeam(id === nothing ? null : id)}
        >
          <PropertyButton
            field={t('field.team')}
            value={teamName}
            unset={!team}
            disabled={!writes}
            icon={<UsersRound size={16} className="shrink-0 text-subtle" aria-hidden />}
          />
        </Picker>
      </Property>
      <Property label={t('field.assignee')}>
        <AssigneePicker
          ticket={ticket}
          open={assigning}
          onOpenChange={setAssigning}
          onAssign={(person) => void actions.assign(person)}
        >
          <PropertyButton
            field={t('field.assignee')}
            value={assignee?.name ?? t('assign.nobody')}
            unset={!assignee}
            disabled={!writes}
            icon={
              assignee ? (
                <Avatar name={assignee.name} ours size="small" />
              ) : (
                <span
                  className="size-5 shrink-0 rounded-full border border-dashed border-edge"
                  aria-hidden="true"
                />
              )
            }
          />
        </AssigneePicker>
      </Property>
      <Property label={t('field.tags')} padded>
        <TagEditor
          tags={ticket.tags}
          onChange={writes ? (tags) => void actions.setTags(tags) : undefined}
        />
      </Property>
    </dl>
  );
}
