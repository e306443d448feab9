import { randomBytes } from 'node:crypto';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import type { RunningApp } from '../../../support/app.js';
import type { Say } from './side.js';

/** Far enough away that no sweep takes it. */
const LATER = new Date('2099-01-01T00:00:00.000Z');
const bytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

/**
 * A row in each table of the deployment that holds what is a person's own, or on its way: by hand, because most of it
 * is made by what a person does at a browser and with a device.
 */
export async function fillPerson(
  running: RunningApp,
  at: { organizationId: string; identityId: string; membershipId: string; connectionId: string },
  say: Say,
): Promise<void> {
  const { organizationId, identityId, membershipId, connectionId } = at;
  const now = new Date();
  await running.get(SystemDb).transaction(async (tx) => {
    await tx.accountLink.createMany({
      data: {
        ...{ id: newId(), identityId, purpose: 'email_change', expiresAt: LATER },
        email: `${say('new-address')}@desk.example`,
        data: { note: say('link') },
      },
    });
    await tx.accountMail.createMany({
      data: {
        ...{ id: newId(), organizationId, status: 'sent', settledAt: now },
        kind: 'invitation',
        toAddress: `${say('written-to')}@desk.example`,
        data: { note: say('mail') },
        lastError: say('mail-error'),
      },
    });
    await tx.signInAttempt.createMany({
      data: {
        ...{ id: newId(), organizationId, membershipId, accountHash: bytes() },
        ...{ address: '198.18.0.1', reason: 'password', recordedAt: now },
        userAgent: say('guessing-browser'),
      },
    });
    await tx.totpFactor.createMany({ data: { identityId, sealed: bytes(), confirmedAt: now } });
    await tx.recoveryCode.createMany({ data: { identityId, codeHash: bytes() } });
    await tx.passkey.createMany({
      data: {
        ...{ id: newId(), identityId, publicKey: bytes() },
        credentialId: say('credential'),
        name: say('passkey'),
      },
    });
    await tx.passkeyChallenge.createMany({
      data: {
        ...{ id: newId(), identityId, purpose: 'registration', expiresAt: LATER },
        challenge: say('challenge'),
      },
    });
    await tx.rememberedDevice.createMany({
      data: {
        ...{ id: newId(), identityId, tokenHash: bytes(), expiresAt: LATER },
        device: say('device'),
      },
    });
    await tx.factorGuess.createMany({
      data: { identityId, place: 'session', guesses: 1, since: now },
    });
    await tx.ssoFlow.createMany({
      data: {
        ...{ id: newId(), organizationId, connectionId, stateHash: bytes(), expiresAt: LATER },
        ...{ nonce: say('nonce'), verifier: say('verifier'), returnTo: `/${say('return-to')}` },
        clientNetwork: '198.18.0.1',
      },
    });
  });
}
