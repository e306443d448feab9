/** Why a delivery was not believed. */
export type WebhookRefusal =
  'header_missing' | 'timestamp_out_of_range' | 'signature_wrong' | 'secret_malformed' | 'not_json';

/** A delivery that does not come from the desk, or not from now. Answer it 400, and believe nothing of it. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';

  constructor(
    readonly reason: WebhookRefusal,
    message: string,
  ) {
    super(message);
  }
}

/** The headers as a `Request` has them, or as Node has them. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

export interface VerifyOptions {
  /** Seconds that the clocks may differ, and a delivery may be old; 300 if not said. */
  toleranceSeconds?: number;
  /** Milliseconds since 1970; the time that it is if not said. */
  now?: number;
}

/**
 * Checks the signature of a delivery (Standard Webhooks: HMAC-SHA256 of `id.timestamp.body`) and gives what it says.
 * `secret` is the endpoint's `whsec_…`, or several while they change; `body` is the body **as it came**, since the same
 * JSON written anew is not the same bytes. Throws {@link WebhookRefused}.
 */
export async function verifyWebhook<Payload = unknown>(
  secret: string | readonly string[],
  headers: WebhookHeaders,
  body: string | Uint8Array | ArrayBuffer,
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<Payload> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  const age = Math.abs(now / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age > toleranceSeconds)
    throw new WebhookRefused(
      'timestamp_out_of_range',
      `The delivery is not from the last ${toleranceSeconds} seconds: look at the clock of this machine.`,
    );
  const content = bytesOf(body);
  const signed = joined(bytesOf(`${id}.${timestamp}.`), content);
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const candidates = signaturesIn(signatures);
  const answers = await Promise.all(
    secrets.map(async (each) => {
      const key = await keyOf(each);
      // Compared by the engine, which takes as long for a near miss as for any other.
      const fits = candidates.map((one) => crypto.subtle.verify('HMAC', key, one, signed));
      return (await Promise.all(fits)).some(Boolean);
    }),
  );
  if (!answers.some(Boolean))
    throw new WebhookRefused(
      'signature_wrong',
      'No signature of the delivery was made with this secret: verify the body as it came.',
    );
  try {
    return JSON.parse(new TextDecoder().decode(content)) as Payload;
  } catch {
    throw new WebhookRefused('not_json', 'The delivery is signed and no JSON.');
  }
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const text = Array.isArray(value) ? value.join(' ') : value;
  if (!text) throw new WebhookRefused('header_missing', `The delivery has no header ${name}.`);
  return text;
}

/** The signatures of the kind that we know, of several one for each secret that is alive. */
function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
  return header
    .split(/[\s]+/)
    .filter((each) => each.startsWith('v1,'))
    .slice(0, 10)
    .flatMap((each) => fromBase64(each.slice(3)) ?? []);
}

async function keyOf(secret: string) {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0)
    throw new WebhookRefused('secret_malformed', 'The secret is not `whsec_` and base64.');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function bytesOf(text: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof text === 'string') return new TextEncoder().encode(text);
  return text instanceof Uint8Array ? text : new Uint8Array(text);
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}
