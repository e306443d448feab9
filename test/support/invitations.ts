import type { RunningApp } from './app.js';
import { expectStatus, type Client } from './as.js';
import { addressOf } from './given.js';
import { lastNotice } from './notices.js';

/** An invitation as its receiver has it. */
export interface GivenInvitation {
  id: string;
  email: string;
  token: string;
}

/** Invites an address, a new one if not said, and reads the mail. */
export async function invitationFrom(
  running: RunningApp,
  by: Client,
  { email = addressOf('guest'), role = 'agent' }: { email?: string; role?: string } = {},
): Promise<GivenInvitation> {
  const { id } = expectStatus(await by.post('/invitations', { email, role }), 201).body.data;
  return { id, email, token: (await lastNotice(running, email, 'invitation')).token };
}

/** What is sent by somebody without an account. */
export const NEWCOMER = { name: 'Gina Guest', password: 'umbrella-violet-quarry-9' };
