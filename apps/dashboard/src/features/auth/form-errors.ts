import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from '../../api/error.js';
import type { Translate } from '../../messages/catalog.js';
import { errorText } from '../../messages/error-text.js';

/** Refusals that are about one field, by the names that forms have for it. */
const fieldsOf: Record<string, string[]> = {
  'auth.password_breached': ['newPassword', 'password'],
  'auth.password_too_obvious': ['newPassword', 'password'],
  'auth.password_wrong': ['currentPassword', 'password'],
  'auth.email_taken': ['email'],
  'invitation.pending': ['email'],
  'invitation.domain_not_allowed': ['email'],
  'user.already_member': ['email'],
  'role.too_high': ['role'],
  'role.name_taken': ['name'],
  'sso.domain_taken': ['domain'],
  'sso.domain_added_already': ['domain'],
};

/** Puts what the API refused beside the fields it names; the rest goes to the form as a whole. */
export function showErrors<T extends FieldValues>(
  t: Translate,
  error: unknown,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): void {
  const named = error instanceof ApiError ? error.details : [];
  let placed = 0;
  for (const { field, problem } of named) {
    const known = fields.find((each) => each === field || field?.startsWith(`${each}.`));
    if (!known) continue;
    placed += 1;
    setError(known, { message: problem }, { shouldFocus: placed === 1 });
  }
  if (placed > 0) return;
  const meant = error instanceof ApiError ? (fieldsOf[error.code] ?? []) : [];
  const about = fields.find((each) => meant.includes(each));
  if (about) setError(about, { message: errorText(t, error) }, { shouldFocus: true });
  else setError('root', { message: errorText(t, error) });
}
