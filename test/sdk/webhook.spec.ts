import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifyWebhook, WebhookRefused } from '../../sdk/src/manydesk.js';

// A delivery that other libraries of Standard Webhooks are tested by.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd';
const BODY = '{"test": 2432232314}';
const AT = 1_614_265_330;
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': String(AT),
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const now = AT * 1000;

/** The delivery with another body, time or signature than it should have. */
function signed(body: string, secret: string, timestamp = AT): typeof HEADERS {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const text = `${HEADERS['webhook-id']}.${timestamp}.${body}`;
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return {
    ...HEADERS,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature,
  };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WebhookRefused);
  return (error as WebhookRefused).reason;
}

describe('a delivery', () => {
  it.each([
    ['text', BODY],
    ['bytes', new TextEncoder().encode(BODY)],
    ['a buffer', new TextEncoder().encode(BODY).buffer],
  ])('is believed when its signature fits its body as %s', async (_, body) => {
    expect(await verifyWebhook(SECRET, HEADERS, body, { now })).toEqual({ test: 2_432_232_314 });
  });

  it('is read from the headers of a request and from those of Node', async () => {
    const ofNode = { 'Webhook-Id': HEADERS['webhook-id'], ...HEADERS };
    for (const headers of [new Headers(HEADERS), ofNode])
      expect(await verifyWebhook(SECRET, headers, BODY, { now })).toHaveProperty('test');
  });

  it('may be signed with several secrets, and verified with several, while they change', async () => {
    const both = {
      ...HEADERS,
      'webhook-signature': `v1a,AAAA ${signed(BODY, OTHER)['webhook-signature']} ${HEADERS['webhook-signature']}`,
    };
    for (const secret of [SECRET, OTHER, [OTHER, SECRET]])
      expect(await verifyWebhook(secret, both, BODY, { now })).toHaveProperty('test');
    expect(await verifyWebhook([OTHER, SECRET], HEADERS, BODY, { now })).toHaveProperty('test');
  });

  it('is refused when a letter of it was changed', async () => {
    for (const body of [`${BODY} `, BODY.replace('4', '5'), ''])
      expect(await refusalOf(verifyWebhook(SECRET, HEADERS, body, { now }))).toBe(
        'signature_wrong',
      );
    const renamed = { ...HEADERS, 'webhook-id': 'msg_other' };
    expect(await refusalOf(verifyWebhook(SECRET, renamed, BODY, { now }))).toBe('signature_wrong');
    const later = { ...HEADERS, 'webhook-timestamp': String(AT + 1) };
    expect(await refusalOf(verifyWebhook(SECRET, later, BODY, { now }))).toBe('signature_wrong');
  });

  it('is refused when somebody else has signed it, or nobody as we know it', async () => {
    expect(await refusalOf(verifyWebhook(OTHER, HEADERS, BODY, { now }))).toBe('signature_wrong');
    for (const signature of ['v1,', 'v1,!!', 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='])
      expect(
        await refusalOf(
          verifyWebhook(SECRET, { ...HEADERS, 'webhook-signature': signature }, BODY, { now }),
        ),
      ).toBe('signature_wrong');
  });

  it('is refused when it is older, or newer, than five minutes', async () => {
    const at = (seconds: number) =>
      verifyWebhook(SECRET, HEADERS, BODY, { now: now + seconds * 1000 });
    await at(300);
    await at(-300);
    expect(await refusalOf(at(301))).toBe('timestamp_out_of_range');
    expect(await refusalOf(at(-301))).toBe('timestamp_out_of_range');
    const patient = { now: now + 3_600_000, toleranceSeconds: 3_600 };
    expect(await verifyWebhook(SECRET, HEADERS, BODY, patient)).toHaveProperty('test');
    const odd = { ...HEADERS, 'webhook-timestamp': 'now' };
    expect(await refusalOf(verifyWebhook(SECRET, odd, BODY, { now }))).toBe(
      'timestamp_out_of_range',
    );
  });

  it.each(Object.keys(HEADERS))('is refused without %s', async (name) => {
    const headers = { ...HEADERS, [name]: undefined };
    expect(await refusalOf(verifyWebhook(SECRET, headers, BODY, { now }))).toBe('header_missing');
  });

  it('that is no JSON, or a secret that is none, is named as that', async () => {
    const text = 'hello';
    const headers = signed(text, SECRET);
    expect(await refusalOf(verifyWebhook(SECRET, headers, text, { now }))).toBe('not_json');
    for (const secret of ['whsec_', 'whsec_%%%'])
      expect(await refusalOf(verifyWebhook(secret, HEADERS, BODY, { now }))).toBe(
        'secret_malformed',
      );
  });
});
