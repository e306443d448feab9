import { decodeAttestationObject, isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** What an authenticator answers, as the browser hands it on: read here, because its form is not ours to bound. */
export type PasskeyAnswer = Record<string, unknown>;

const LONGEST_PART = 16_384;
const MOST_TRANSPORTS = 10;

/** The challenge that was signed, or null when the answer has none. */
export function challengeOf(answer: { response: { clientDataJSON: string } }): string | null {
  try {
    const text = Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8');
    const { challenge } = JSON.parse(text) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

/** The answer to a sign-in question (WebAuthn, 5.5.1), reduced to what is used; null when a part is missing. */
export function readAssertion(answer: PasskeyAnswer): AuthenticationResponseJSON | null {
  const response = (answer.response ?? {}) as Record<string, unknown>;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const parts = [answer.id, answer.rawId, clientDataJSON, authenticatorData, signature];
  if (!parts.every(isPart) || answer.type !== 'public-key') return null;
  if (userHandle !== undefined && userHandle !== null && !isPart(userHandle)) return null;
  return {
    id: answer.id as string,
    rawId: answer.rawId as string,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientDataJSON as string,
      authenticatorData: authenticatorData as string,
      signature: signature as string,
      ...(typeof userHandle === 'string' ? { userHandle } : {}),
    },
  };
}

/**
 * The answer to a registration's question (WebAuthn, 5.1), reduced to what is used; null when a part is missing. The
 * attestation, which we do not ask for, is taken off: to check one, certificates that a stranger chose are followed to
 * addresses that a stranger chose.
 */
export function readAttestation(answer: PasskeyAnswer): RegistrationResponseJSON | null {
  const response = (answer.response ?? {}) as Record<string, unknown>;
  const { clientDataJSON, attestationObject, transports } = response;
  if (![answer.id, answer.rawId, clientDataJSON, attestationObject].every(isPart)) return null;
  if (answer.type !== 'public-key') return null;
  const bare = withoutAttestation(attestationObject as string);
  if (bare === null) return null;
  return {
    id: answer.id as string,
    rawId: answer.rawId as string,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientDataJSON as string,
      attestationObject: bare,
      transports: transportsOf(transports),
    },
  };
}

function withoutAttestation(encoded: string): string | null {
  try {
    const authData = decodeAttestationObject(isoBase64URL.toBuffer(encoded)).get('authData');
    const parts: [string, string | Uint8Array<ArrayBuffer> | Map<string, never>][] = [
      ['fmt', 'none'],
      ['attStmt', new Map<string, never>()],
      ['authData', authData],
    ];
    return isoBase64URL.fromBuffer(isoCBOR.encode(new Map(parts)));
  } catch {
    return null;
  }
}

function transportsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const named = value.filter((name) => typeof name === 'string' && /^[a-z-]{1,20}$/.test(name));
  return (named as string[]).slice(0, MOST_TRANSPORTS);
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PART;
}
