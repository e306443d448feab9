import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { useCan } from '../auth/queries.js';
import { ActionValue } from './action-value.js';
import { actionTypes, firstValue, type ActionType } from './macro-actions.js';
import { NameFields } from './name-fields.js';
import { saveSetting, useSettingChanged } from './queries.js';
import { ScopeFields } from './scope-fields.js';
import { SettingDialog } from './setting-dialog.js';
import type { Macro, MacroAction, Scope } from './types.js';

/** An action with a name of its own while it is edited: two may say the same. */
interface Line {
  id: number;
  action: MacroAction;
}

/** What a macro is called and what it does, one after the other. */
export function MacroDialog({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const t = useText();
  const shares = useCan('desk:write');
  const changed = useSettingChanged('macros');
  const next = useRef(macro?.actions.length ?? 1);
  const [name, setName] = useState(macro?.name ?? '');
  const [description, setDescription] = useState(macro?.description ?? '');
  const [lines, setLines] = useState<Line[]>(
    (macro?.actions ?? [firstValue('set_status')]).map((action, id) => ({ id, action })),
  );
  const [scope, setScope] = useState<Scope>(macro?.scope ?? (shares ? 'organization' : 'personal'));
  const [teamId, setTeamId] = useState<string | null>(macro?.teamId ?? null);
  const put = (id: number, action: MacroAction) =>
    setLines((before) => before.map((line) => (line.id === id ? { id, action } : line)));
  return (
    <SettingDialog
      wide
      title={macro ? t('deskSettings.editTitle', { name: macro.name }) : t('macros.create')}
      action={t(macro ? 'deskSettings.save' : 'macros.create')}
      onClose={onClose}
      onSave={async () => {
        const owner = macro ? {} : { scope, ...(teamId && { teamId }) };
        const actions = lines.map(({ action }) => action);
        await saveSetting('/macros', macro, { name, description, actions, ...owner });
        await changed();
      }}
    >
      {(errors) => (
        <>
          <NameFields
            name={name}
            onName={setName}
            longest={100}
            description={description}
            onDescription={setDescription}
            errors={errors}
          />
          <fieldset>
            <legend className="mb-1 text-sm font-medium">{t('macros.actions')}</legend>
            <ol className="space-y-2">
              {lines.map(({ id, action }, at) => (
                <li
                  key={id}
                  className="flex items-start gap-1 rounded-lg border border-line bg-surface p-2"
                >
                  <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2 [&>:nth-child(2):not(select,input)]:sm:col-span-2">
                    <select
                      aria-label={t('macros.action', { number: at + 1 })}
                      value={action.type}
                      onChange={({ target }) => put(id, firstValue(target.value as ActionType))}
                      className="field"
                    >
                      {actionTypes.map((type) => (
                        <option key={type} value={type}>
                          {t(`macros.action.${type}`)}
                        </option>
                      ))}
                    </select>
                    <ActionValue
                      // Another kind of action is another control.
                      key={action.type}
                      action={action}
                      onChange={(value) => put(id, { type: action.type, value })}
                    />
                  </div>
                  <IconButton
                    label={t('macros.removeAction', { number: at + 1 })}
                    onClick={() => setLines((before) => before.filter((line) => line.id !== id))}
                  >
                    <X size={15} aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ol>
            <Button
              className="mt-2"
              onClick={() =>
                setLines((before) => [
                  ...before,
                  { id: next.current++, action: firstValue('set_priority') },
                ])
              }
            >
              <Plus size={14} aria-hidden />
              {t('macros.addAction')}
            </Button>
            {errors.actions && (
              <p role="alert" className="mt-1 text-xs text-danger">
                {errors.actions}
              </p>
            )}
          </fieldset>
          <ScopeFields
            scope={scope}
            teamId={teamId}
            fixed={macro !== null}
            errors={errors}
            onChange={(to, team) => {
              setScope(to);
              setTeamId(team);
            }}
          />
        </>
      )}
    </SettingDialog>
  );
}
