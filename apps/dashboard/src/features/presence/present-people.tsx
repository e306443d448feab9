import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Tooltip } from '../../ui/tooltip.js';
import type { Present } from '../tickets/ticket-types.js';

const most = 3;

/** Who else has the ticket open, so that nobody answers it twice. */
export function PresentPeople({ people }: { people: Present[] }) {
  const t = useText();
  if (people.length === 0) return <span role="status" />;
  const words = people.map(({ name, state }) => t(`presence.${state}`, { name }));
  return (
    <Tooltip label={words.join(' · ')}>
      <span role="status" tabIndex={0} className="appear flex h-8 items-center rounded-lg ps-1">
        {people.slice(0, most).map(({ id, name, state }) => (
          <span
            key={id}
            className={`-ms-1 rounded-full border-2 border-surface ${state === 'typing' ? 'present-typing' : ''}`}
          >
            <Avatar name={name} ours size="small" />
          </span>
        ))}
        <span className="ms-1.5 max-w-40 truncate text-xs text-muted max-lg:sr-only">
          {words[0]}
          {people.length > 1 && t('presence.more', { count: people.length - 1 })}
        </span>
        <span className="sr-only">{words.slice(1).join(', ')}</span>
      </span>
    </Tooltip>
  );
}
