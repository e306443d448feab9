import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import type { Condition, ConditionOrGroup, Conditions, CustomField } from '../../api/desk-types.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { fieldsQuery } from '../desk/queries.js';
import { ConditionValue } from './condition-value.js';
import {
  askedAs,
  beginning,
  closed,
  fields as known,
  isGroup,
  opened,
  sayAll,
  takeMany,
} from './conditions.js';

interface BuilderProps {
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
}

/** Which tickets belong to a list: conditions, and groups of them. */
export function ConditionsBuilder({ conditions, onChange }: BuilderProps) {
  const t = useText();
  const { data: own = [] } = useQuery(fieldsQuery);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('viewEditor.conditions')}</legend>
      <Group
        own={own}
        group={conditions}
        nests
        onChange={(group) => onChange(group as Conditions)}
      />
    </fieldset>
  );
}

type AnyGroup = { all: ConditionOrGroup[] } | { any: ConditionOrGroup[] };

interface GroupProps {
  own: CustomField[];
  group: AnyGroup;
  nests: boolean;
  onChange: (group: AnyGroup) => void;
}

function Group({ own, group, nests, onChange }: GroupProps) {
  const t = useText();
  const { all, items } = opened<ConditionOrGroup>(group);
  const put = (at: number, item: ConditionOrGroup | null) =>
    onChange(
      closed(
        all,
        items.flatMap((each, index) => (index === at ? (item ? [item] : []) : [each])),
      ),
    );
  const add = (item: ConditionOrGroup) => onChange(closed(all, [...items, item]));
  return (
    <div className="space-y-2">
      {items.length > 1 && (
        <select
          aria-label={t('viewEditor.match')}
          value={all ? 'all' : 'any'}
          onChange={({ target }) => onChange(closed(target.value === 'all', items))}
          className="field w-auto!"
        >
          <option value="all">{t('viewEditor.all')}</option>
          <option value="any">{t('viewEditor.any')}</option>
        </select>
      )}
      <ul className="space-y-2">
        {items.map((item, index) => (
          // Conditions have no identity of their own; they are only ever added at the end.
          <li key={index} className="flex items-start gap-1 rounded-lg bg-sunken p-2">
            <div className="min-w-0 flex-1">
              {isGroup(item) ? (
                <Group
                  own={own}
                  group={item}
                  nests={false}
                  onChange={(inner) => put(index, inner as ConditionOrGroup)}
                />
              ) : (
                <Row own={own} condition={item} onChange={(next) => put(index, next)} />
              )}
            </div>
            <IconButton label={t('viewEditor.dropCondition')} onClick={() => put(index, null)}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => add(beginning('status', own))}>
          <Plus size={14} aria-hidden />
          {t('viewEditor.addCondition')}
        </Button>
        {nests && (
          <Button variant="ghost" onClick={() => add({ any: [beginning('priority', own)] })}>
            <Plus size={14} aria-hidden />
            {t('viewEditor.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  own: CustomField[];
  condition: Condition;
  onChange: (condition: Condition) => void;
}

function Row({ own, condition, onChange }: RowProps) {
  const t = useText();
  const { field, operator, value } = condition;
  const asked = askedAs(field, own);
  return (
    <div className="grid gap-2 sm:grid-cols-[minmax(0,10rem)_minmax(0,9rem)_minmax(0,1fr)]">
      <select
        aria-label={t('viewEditor.field')}
        value={field}
        onChange={({ target }) => onChange(beginning(target.value, own))}
        className="field"
      >
        {!asked && <option value={field}>{field}</option>}
        {Object.keys(known).map((each) => (
          <option key={each} value={each}>
            {t(`condition.${each}` as 'condition.status')}
          </option>
        ))}
        {own.map(({ key, name }) => (
          <option key={key} value={`fields.${key}`}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={t('viewEditor.operator')}
        value={operator}
        onChange={({ target }) => onChange(beginning(field, own, target.value))}
        className="field"
      >
        {(asked?.operators ?? [operator]).map((each) => (
          <option key={each} value={each}>
            {t(`operator.${each}` as 'operator.is')}
          </option>
        ))}
      </select>
      {!sayAll(operator) && asked && (
        <ConditionValue
          key={`${field} ${operator}`}
          kind={asked.kind}
          many={takeMany(operator)}
          value={value}
          field={own.find(({ key }) => `fields.${key}` === field)}
          onChange={(next) => onChange({ field, operator, value: next })}
        />
      )}
    </div>
  );
}
