import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { answer } from '../../api/client.js';
import { staffApi, staffDoor } from './client.js';
import { acceptStaff, forgetStaff } from './session.js';
import type { StaffChallenge } from './types.js';

/** The first half: gives what the code is sent with. Throws an `ApiError`. */
export async function beginSignIn(body: {
  email: string;
  password: string;
}): Promise<StaffChallenge> {
  return (await answer(staffDoor.POST('/api/v1/admin/session', { body }))).data;
}

/** The second half: signs in. Throws an `ApiError`. */
export async function finishSignIn(challenge: string, code: string): Promise<void> {
  const body = { challenge, code };
  acceptStaff((await answer(staffDoor.POST('/api/v1/admin/session/code', { body }))).data);
}

/** Ends the session here and on the server, and leaves nothing of it in memory. */
export function useStaffSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    // Offline, the server cannot be told; the person must be able to leave all the same.
    await answer(staffApi.DELETE('/api/v1/admin/session')).catch(() => undefined);
    forgetStaff();
    client.clear();
    await navigate({ to: '/staff/sign-in', search: {} });
  }, [client, navigate]);
}
