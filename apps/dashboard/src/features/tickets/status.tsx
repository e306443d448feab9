import type { TicketPriority, TicketStatus } from '../../api/types.js';
import { useText } from '../../messages/intl.js';

/** Each state has a shape of its own, so that colour is never the only difference. */
const shapes: Record<TicketStatus, { colour: string; inside: React.ReactNode; solid?: boolean }> = {
  open: {
    colour: 'text-accent-text',
    inside: <circle cx="8" cy="8" r="2.5" fill="currentColor" />,
  },
  pending: {
    colour: 'text-warn',
    inside: <path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />,
  },
  on_hold: {
    colour: 'text-subtle',
    inside: (
      <path
        d="M6.2 5.6v4.8M9.8 5.6v4.8"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    ),
  },
  solved: {
    colour: 'text-accent-text',
    inside: (
      <path
        d="m5.2 8.2 2 2 3.6-4"
        stroke="currentColor"
        strokeWidth="1.6"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    ),
  },
  closed: {
    colour: 'text-subtle',
    solid: true,
    inside: (
      <path
        d="m5.2 8.2 2 2 3.6-4"
        stroke="var(--surface)"
        strokeWidth="1.6"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    ),
  },
};

/** The state of a ticket as a picture; `labelled` when no word stands beside it. */
export function StatusIcon({ status, labelled }: { status: TicketStatus; labelled?: boolean }) {
  const t = useText();
  const { colour, inside, solid } = shapes[status];
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      className={`shrink-0 ${colour}`}
      {...(labelled
        ? { role: 'img', 'aria-label': t(`status.${status}`) }
        : { 'aria-hidden': true })}
    >
      <circle
        cx="8"
        cy="8"
        r="6.25"
        fill={solid ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
      />
      {inside}
    </svg>
  );
}

const bars: Record<Exclude<TicketPriority, 'urgent'>, number> = { low: 1, normal: 2, high: 3 };

/** The priority of a ticket as a picture; `labelled` when no word stands beside it. */
export function PriorityIcon({
  priority,
  labelled,
}: {
  priority: TicketPriority;
  labelled?: boolean;
}) {
  const t = useText();
  const label = labelled
    ? { role: 'img', 'aria-label': t('priority.label', { priority: t(`priority.${priority}`) }) }
    : { 'aria-hidden': true };
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      className={`shrink-0 ${priority === 'urgent' ? 'text-danger' : 'text-subtle'}`}
      {...label}
    >
      {priority === 'urgent' ? (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="3.5" fill="currentColor" />
          <path d="M8 4.6v4" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" />
          <circle cx="8" cy="11.3" r="1.05" fill="var(--surface)" />
        </>
      ) : (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2 + bar * 4.5}
            y={9.5 - bar * 3.5}
            width="3"
            height={4.5 + bar * 3.5}
            rx="1"
            fill="currentColor"
            opacity={bar < bars[priority] ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  );
}
