import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { flag, id, nullable, text } from '#core/ledger/event-schema.js';

const team = { name: text };

/** The facts of this room. */
export const TEAM_EVENTS = eventsAbout('team', {
  'team.created': { says: 'A team was made.', data: team },
  'team.changed': {
    says: 'A team was renamed, described, or became or ceased to be the default one.',
    data: team,
    changes: { name: text, description: nullable(text), isDefault: flag },
  },
  'team.archived': { says: 'A team was archived; its tickets keep it.', data: team },
  'team.member_added': {
    says: 'Somebody came into a team.',
    data: { userId: id, name: text },
  },
  'team.member_removed': {
    says: 'Somebody left a team, or the organization and with it the team.',
    data: { userId: id },
  },
});
