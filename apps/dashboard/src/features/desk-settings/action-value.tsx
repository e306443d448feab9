import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { FieldInputs } from '../customers/field-inputs.js';
import { assigneesQuery } from '../people/queries.js';
import { HtmlField } from './html-field.js';
import { fieldsQuery, statesQuery, teamsQuery } from './queries.js';
import { categories, type MacroAction, type Setting } from './types.js';

interface ActionValueProps {
  action: MacroAction;
  onChange: (value: unknown) => void;
}

/** The control for what an action sets. */
export function ActionValue({ action, onChange }: ActionValueProps) {
  const t = useText();
  const props = { action, onChange };
  switch (action.type) {
    case 'set_status':
      return <Words {...props} words={categories.map((id) => ({ id, name: t(`status.${id}`) }))} />;
    case 'set_priority':
      return (
        <Words
          {...props}
          words={(['low', 'normal', 'high', 'urgent'] as const).map((id) => ({
            id,
            name: t(`priority.${id}`),
          }))}
        />
      );
    case 'set_type':
      return (
        <Words
          {...props}
          words={(['question', 'incident', 'problem', 'task'] as const).map((id) => ({
            id,
            name: t(`macros.type.${id}`),
          }))}
        />
      );
    case 'set_state':
      return <States {...props} />;
    case 'set_team':
      return <Teams {...props} />;
    case 'assign':
      return <People {...props} />;
    case 'set_field':
      return <OwnField {...props} />;
    case 'add_tags':
    case 'remove_tags':
      return <Tags {...props} />;
    case 'snooze_hours':
      return (
        <input
          type="number"
          min={1}
          max={8760}
          aria-label={t('macros.hours')}
          value={typeof action.value === 'number' ? action.value : ''}
          onChange={({ target }) => onChange(target.value === '' ? '' : target.valueAsNumber)}
          className="field"
        />
      );
    case 'reply':
    case 'note':
      return (
        <HtmlField
          label={t(`macros.action.${action.type}`)}
          hint={t('replies.textHint')}
          html={typeof action.value === 'string' ? action.value : ''}
          onChange={onChange}
        />
      );
    default:
      return null;
  }
}

interface WordsProps extends ActionValueProps {
  words: Setting[];
  /** What stands for nothing, where that can be chosen. */
  none?: string;
}

function Words({ action, words, none, onChange }: WordsProps) {
  const t = useText();
  const value = typeof action.value === 'string' ? action.value : '';
  return (
    <select
      aria-label={t('macros.value')}
      value={value}
      onChange={({ target }) => onChange(target.value || (none ? null : ''))}
      className="field"
    >
      {(none !== undefined || !words.some(({ id }) => id === value)) && (
        <option value="">{none ?? ''}</option>
      )}
      {words.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const inUse = (all: Setting[]) => all.filter(({ archivedAt }) => !archivedAt);

function States(props: ActionValueProps) {
  const { data = [] } = useQuery(statesQuery);
  return <Words {...props} words={inUse(data)} />;
}

function Teams(props: ActionValueProps) {
  const t = useText();
  const { data = [] } = useQuery(teamsQuery);
  return <Words {...props} words={inUse(data)} none={t('macros.noTeam')} />;
}

function People(props: ActionValueProps) {
  const t = useText();
  const { data = [] } = useQuery(assigneesQuery);
  return <Words {...props} words={data} none={t('macros.nobody')} />;
}

function Tags({ action, onChange }: ActionValueProps) {
  const t = useText();
  const [typed, setTyped] = useState(
    Array.isArray(action.value) ? (action.value as string[]).join(', ') : '',
  );
  return (
    <input
      aria-label={t('field.tags')}
      placeholder={t('field.tagsHint')}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(
          target.value
            .split(/[,،]/)
            .map((tag) => tag.trim())
            .filter(Boolean),
        );
      }}
      dir="auto"
      className="field"
    />
  );
}

function OwnField({ action, onChange }: ActionValueProps) {
  const t = useText();
  const { data = [] } = useQuery(fieldsQuery('ticket'));
  const { key, value } = (action.value ?? {}) as { key?: string; value?: unknown };
  const field = data.find((each) => each.key === key);
  return (
    <div className="space-y-2">
      <select
        aria-label={t('macros.field')}
        value={key ?? ''}
        onChange={({ target }) => onChange({ key: target.value, value: null })}
        className="field"
      >
        {!field && <option value="">{t('macros.chooseField')}</option>}
        {data
          .filter(({ archivedAt }) => !archivedAt)
          .map((each) => (
            <option key={each.id} value={each.key}>
              {each.name}
            </option>
          ))}
      </select>
      {field && (
        <FieldInputs
          fields={[{ ...field, archivedAt: null }]}
          valueOf={() => value}
          onChange={(_, next) => onChange({ key: field.key, value: next })}
          errors={{}}
        />
      )}
    </div>
  );
}
