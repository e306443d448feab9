import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const PRESENT = 0x01;
const VERIFIED = 0x04;
const MAY_BE_BACKED_UP = 0x08;
const WITH_CREDENTIAL = 0x40;

export interface Behaviour {
  /** Whether it checked its user: a finger, a PIN. */
  verifies?: boolean;
  origin?: string;
  rpId?: string;
  /** The count that it shows instead of its next. */
  counter?: number;
  challenge?: string;
  /** The form of attestation that it claims to show. */
  attestation?: string;
}

interface Options {
  challenge: string;
  user?: { id: string };
}

type Bytes = Uint8Array<ArrayBuffer>;
type Cbor = string | number | Bytes | Map<string | number, Cbor>;

/** An authenticator made of software that holds one ES256 passkey (WebAuthn Level 3, 6). */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;
  #userHandle: string | undefined;

  constructor(
    private readonly origin = 'http://desk.example',
    private readonly rpId = 'desk.example',
  ) {}

  /** Answers creation options, without an attestation. */
  create(options: Options, behaviour: Behaviour = {}): Record<string, unknown> {
    this.#userHandle = options.user!.id;
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(Buffer.from(x!, 'base64url'))],
      [-3, bytes(Buffer.from(y!, 'base64url'))],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const credential = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      cbor(key as Map<string | number, Cbor>),
    ]);
    const object = new Map<string, Cbor>([
      ['fmt', behaviour.attestation ?? 'none'],
      ['attStmt', statementOf(behaviour)],
      ['authData', bytes(this.#data(WITH_CREDENTIAL, credential, behaviour))],
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', options, behaviour),
      attestationObject: cbor(object as Map<string | number, Cbor>).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** Answers request options. */
  get(options: Options, behaviour: Behaviour = {}): Record<string, unknown> {
    const clientDataJSON = this.#clientData('webauthn.get', options, behaviour);
    const data = this.#data(0, Buffer.alloc(0), behaviour);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([data, hash]), this.#keys.privateKey);
    return this.#answer({
      clientDataJSON,
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: this.#userHandle,
    });
  }

  #answer(response: Record<string, unknown>): Record<string, unknown> {
    return {
      ...{ id: this.id, rawId: this.id, type: 'public-key', response },
      ...{ clientExtensionResults: {}, authenticatorAttachment: 'platform' },
    };
  }

  #clientData(type: string, { challenge }: Options, behaviour: Behaviour): string {
    const data = {
      type,
      challenge: behaviour.challenge ?? challenge,
      origin: behaviour.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }

  #data(flags: number, credential: Buffer, { verifies = true, rpId, counter }: Behaviour): Buffer {
    this.#counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.#counter);
    return Buffer.concat([
      createHash('sha256')
        .update(rpId ?? this.rpId)
        .digest(),
      Buffer.from([flags | PRESENT | MAY_BE_BACKED_UP | (verifies ? VERIFIED : 0)]),
      count,
      credential,
    ]);
  }
}

/** A statement whose certificate is none: whoever looks at it stumbles. */
function statementOf({ attestation }: Behaviour): Map<string, Cbor> {
  if (attestation === undefined) return new Map();
  return new Map<string, Cbor>([
    ['alg', -7],
    ['sig', bytes(Buffer.alloc(70, 1))],
    ['x5c', bytes(Buffer.from('http://127.0.0.1:1/revoked'))],
  ]);
}

function bytes(buffer: Buffer): Bytes {
  return new Uint8Array(buffer);
}

function cbor(value: Map<string | number, Cbor>): Buffer {
  return Buffer.from(isoCBOR.encode(value));
}
