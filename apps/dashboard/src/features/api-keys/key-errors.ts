import type { UseFormSetError } from 'react-hook-form';
import { ApiError } from '../../api/error.js';
import type { Translate } from '../../messages/catalog.js';
import { showErrors } from '../auth/form-errors.js';
import type { KeyForm } from './key-fields.js';

/** As `showErrors`; the networks are one field here and a list at the API. */
export function showKeyErrors(
  t: Translate,
  error: unknown,
  setError: UseFormSetError<KeyForm>,
): void {
  const named = error instanceof ApiError ? error.details : [];
  const networks = named.find(({ field }) => field?.startsWith('allowedNetworks'));
  if (networks) setError('networks', { message: networks.problem }, { shouldFocus: true });
  else showErrors(t, error, ['name', 'scopes'], setError);
}
