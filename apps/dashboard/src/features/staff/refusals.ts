import { useCallback } from 'react';
import { codeOf } from '../../api/error.js';
import type { MessageKey, Translate } from '../../messages/catalog.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { notify } from '../../ui/notices.js';

const byCode: Record<string, MessageKey> = {
  'route.not_found': 'staff.error.notHere',
  'staff.invalid_credentials': 'error.invalidCredentials',
  'staff.code_wrong': 'second.wrong',
  'staff.challenge_over': 'signIn.expired',
  'staff.session_ended': 'error.unauthenticated',
  'staff.forbidden': 'error.forbidden',
  'staff.password_wrong': 'password.wrong',
  'staff.exists': 'staff.error.exists',
  'staff.last_operator': 'staff.error.lastOperator',
  'admin.not_let_in': 'staff.error.notLetIn',
  'admin.support_access_decided': 'staff.error.decided',
  'billing.plan_moved': 'staff.error.planMoved',
  'billing.invoice_settled': 'staff.error.settled',
  'billing.invoice_elsewhere': 'staff.error.elsewhere',
  'billing.off': 'billing.error.off',
  'admin.same_operator': 'staff.error.sameOperator',
};

/** What went wrong, in the words of the console. */
export function staffErrorText(t: Translate, error: unknown): string {
  const known = byCode[codeOf(error) ?? ''];
  return known ? t(known) : errorText(t, error);
}

/** Does something and says how it went; true when it worked. */
export function useStaffAttempt() {
  const t = useText();
  return useCallback(
    async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
      try {
        await work();
        if (done) notify({ tone: 'done', title: done });
        return true;
      } catch (error) {
        notify({
          tone: 'failed',
          title: t('staff.failed'),
          detail: staffErrorText(t, error),
        });
        return false;
      }
    },
    [t],
  );
}
