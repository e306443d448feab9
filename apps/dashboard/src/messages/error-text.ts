import { ApiError } from '../api/error.js';
import type { MessageKey, Translate } from './catalog.js';

const byCode: Record<string, MessageKey> = {
  'auth.invalid_credentials': 'error.invalidCredentials',
  'auth.unauthenticated': 'error.unauthenticated',
  'auth.forbidden': 'error.forbidden',
  'auth.throttled': 'error.rateLimited',
  'rate.limited': 'error.rateLimited',
  'network.unreachable': 'error.unreachable',
  'validation.failed': 'error.validation',
  'auth.password_breached': 'error.passwordKnown',
  'auth.password_too_obvious': 'error.passwordObvious',
  'auth.password_wrong': 'error.passwordWrong',
  'auth.sign_in_again': 'error.signInAgain',
  'role.too_high': 'error.tooHigh',
  'role.in_use': 'error.roleInUse',
  'user.last_owner': 'error.lastOwner',
  'organization.suspended': 'error.suspended',
  'billing.read_only': 'error.readOnly',
  'billing.suspended': 'error.unpaid',
  'billing.no_seat': 'error.noSeat',
  'billing.limit_reached': 'error.limitReached',
};

const byStatus: Record<number, MessageKey> = {
  404: 'error.notFound',
  413: 'error.tooLarge',
  429: 'error.rateLimited',
};

/** What went wrong, as a sentence for the person in front of it. */
export function errorText(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  const known = byCode[error.code] ?? byStatus[error.status];
  if (known) return t(known);
  // A refusal says how to mend it; in another language that is still better than nothing.
  if (error.said && error.status < 500) return t('error.refused', { said: error.said });
  if (error.status === 403) return t('error.forbidden');
  return t(error.status === 409 ? 'error.conflict' : 'error.unknown');
}
