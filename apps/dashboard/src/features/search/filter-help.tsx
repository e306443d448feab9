import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';

/** The filters of a search, each with an example that works as it is. */
const filters: { text: string; label: MessageKey }[] = [
  { text: 'status:open', label: 'searchHelp.status' },
  { text: 'assignee:me', label: 'searchHelp.mine' },
  { text: 'assignee:none', label: 'searchHelp.nobody' },
  { text: 'priority:urgent', label: 'searchHelp.priority' },
  { text: 'type:problem', label: 'searchHelp.type' },
  { text: 'tag:invoice', label: 'searchHelp.tag' },
  { text: 'team:support', label: 'searchHelp.team' },
  { text: 'customer:rita', label: 'searchHelp.customer' },
  { text: 'company:acme', label: 'searchHelp.company' },
  { text: 'channel:email', label: 'searchHelp.channel' },
  { text: 'after:-7d', label: 'searchHelp.after' },
  { text: 'before:2026-01-31', label: 'searchHelp.before' },
  { text: 'has:attachment', label: 'searchHelp.attachment' },
  { text: 'is:snoozed', label: 'searchHelp.snoozed' },
];
const words: { text: string; label: MessageKey }[] = [
  { text: '"exact words"', label: 'searchHelp.phrase' },
  { text: '#42', label: 'searchHelp.number' },
];

/** What can be said in a search; a press takes it into the search. */
export function FilterHelp({ onTake }: { onTake: (text: string) => void }) {
  const t = useText();
  return (
    <section aria-labelledby="filters" className="mt-6">
      <h2 id="filters" className="text-sm font-medium">
        {t('searchHelp.title')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('searchHelp.intro')}</p>
      <ul className="mt-3 grid gap-x-6 sm:grid-cols-2">
        {[...words, ...filters].map(({ text, label }) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => onTake(text)}
              className="flex min-h-9 w-full items-center gap-3 rounded-lg px-2 text-start text-sm hover:bg-hover"
            >
              <code dir="ltr" className="w-36 shrink-0 font-mono text-xs text-accent-text">
                {text}
              </code>
              <span className="text-muted">{t(label)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
