import { useState } from 'react';
import { useIntl } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import type { DeepTicket } from '../tickets/ticket-types.js';

interface SnoozeDialogProps {
  ticket: DeepTicket;
  onSnooze: (until: Date | null) => void;
  onClose: () => void;
}

const morning = 9;

function at(days: number, hour: number): Date {
  const date = new Date();
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date;
}

function choices() {
  const monday = (8 - new Date().getDay()) % 7 || 7;
  return [
    { id: 'hours', until: new Date(Date.now() + 3 * 3_600_000) },
    { id: 'tomorrow', until: at(1, morning) },
    { id: 'week', until: at(monday, morning) },
    { id: 'month', until: at(30, morning) },
  ] as const;
}

/** For a field of the browser: the local time without its zone. */
function localInput(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Puts a ticket aside until a time; the customer's next words bring it back too. */
export function SnoozeDialog({ ticket, onSnooze, onClose }: SnoozeDialogProps) {
  const { t, language } = useIntl();
  const [own, setOwn] = useState(() => localInput(at(1, morning)));
  const [wrong, setWrong] = useState(false);
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const choose = (until: Date | null) => {
    onSnooze(until);
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('snooze.title')} description={t('snooze.body')}>
      <ul className="mb-4 flex flex-col gap-1">
        {choices().map(({ id, until }, index) => (
          <li key={id}>
            <button
              type="button"
              {...(index === 0 && { 'data-autofocus': true })}
              onClick={() => choose(until)}
              className="flex h-9 w-full items-center justify-between gap-3 rounded-lg border border-line bg-surface px-3 text-sm hover:bg-hover"
            >
              {t(`snooze.${id}`)}
              <span className="text-xs text-muted">{format.format(until)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const until = new Date(own);
          if (until.getTime() > Date.now()) choose(until);
          else setWrong(true);
        }}
        className="space-y-4"
      >
        <Field label={t('snooze.own')} error={wrong ? t('snooze.past') : undefined}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={own}
              min={localInput(new Date())}
              onChange={(event) => {
                setOwn(event.target.value);
                setWrong(false);
              }}
              className="field"
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center justify-between gap-2">
          {ticket.snoozedUntil ? (
            <Button variant="ghost" onClick={() => choose(null)}>
              {t('snooze.end')}
            </Button>
          ) : (
            <span />
          )}
          <DialogButtons onClose={onClose} action={t('snooze.open')} busy={false} />
        </div>
      </form>
    </Dialog>
  );
}
