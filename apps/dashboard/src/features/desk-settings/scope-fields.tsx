import { useQuery } from '@tanstack/react-query';
import { useText } from '../../messages/intl.js';
import { Field } from '../../ui/field.js';
import { useCan } from '../auth/queries.js';
import { teamsQuery } from './queries.js';
import { scopes, type Scope } from './types.js';

interface ScopeFieldsProps {
  scope: Scope;
  teamId: string | null;
  /** Whose it is does not change afterwards. */
  fixed: boolean;
  errors: Record<string, string>;
  onChange: (scope: Scope, teamId: string | null) => void;
}

/** Who has it: oneself, a team, everybody. Whoever may not set up the desk makes things for themselves alone. */
export function ScopeFields({ scope, teamId, fixed, errors, onChange }: ScopeFieldsProps) {
  const t = useText();
  const shares = useCan('desk:write');
  const { data: teams = [] } = useQuery(teamsQuery);
  const open = teams.filter(({ archivedAt }) => !archivedAt);
  const offered = scopes.filter((each) => each !== 'team' || open.length > 0 || scope === 'team');
  return (
    <>
      <Field label={t('deskSettings.scope')} error={errors.scope}>
        {(control) => (
          <select
            {...control}
            value={scope}
            disabled={fixed || !shares}
            onChange={({ target }) => {
              const next = target.value as Scope;
              onChange(next, next === 'team' ? (teamId ?? open[0]?.id ?? null) : null);
            }}
            className="field"
          >
            {offered.map((each) => (
              <option key={each} value={each}>
                {t(`deskSettings.scope.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {scope === 'team' && (
        <Field label={t('deskSettings.team')} error={errors.teamId}>
          {(control) => (
            <select
              {...control}
              value={teamId ?? ''}
              disabled={fixed}
              onChange={({ target }) => onChange('team', target.value)}
              className="field"
            >
              {open.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}
