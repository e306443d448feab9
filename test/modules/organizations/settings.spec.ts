import { useApp } from '../../support/app.js';

const { given, as } = await useApp();
const acme = await given.organization('Acme Support');
const globex = await given.organization('Globex');

const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
  Buffer.alloc(64),
]);
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]);
const WEBP = Buffer.from('RIFF\x10\0\0\0WEBPVP8 0000', 'latin1');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

function picture(type: string) {
  return { headers: { 'content-type': type } };
}

describe('the settings of an organization', () => {
  it('are changed one by one, each told with what it was', async () => {
    const change = {
      name: 'Acme Help',
      timeZone: 'Europe/Berlin',
      locale: 'ar',
      accent: '#A1B2C3',
    };

    const answer = await acme.owner.patch('/organization', change);

    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      ...acme.organization,
      ...change,
      accent: '#a1b2c3',
      hasLogo: false,
    });
    expect((await acme.owner.get('/organization')).body.data).toEqual(answer.body.data);
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'organization.updated',
      subject: { type: 'organization', id: acme.id },
      changes: {
        name: ['Acme Support', 'Acme Help'],
        timeZone: ['UTC', 'Europe/Berlin'],
        locale: ['en', 'ar'],
        accent: [null, '#a1b2c3'],
      },
    });
    const { length } = await acme.events();
    await acme.owner.patch('/organization', change);
    expect((await acme.events()).length).toBe(length);
    expect((await acme.owner.patch('/organization', { accent: null })).body.data.accent).toBeNull();
  });

  it('keep the random end of the slug', async () => {
    const tail = globex.organization.slug.slice(-9);

    const first = await globex.owner.patch('/organization', { slug: 'Help at Globex' });
    const second = await globex.owner.patch('/organization', { slug: first.body.data.slug });
    const taken = await globex.owner.patch('/organization', { slug: acme.organization.slug });

    expect(first.body.data.slug).toBe(`help-at-globex${tail}`);
    expect(second.body.data.slug).toBe(first.body.data.slug);
    expect(taken.body.data.slug).toMatch(new RegExp(`${tail}$`));
  });

  it('are refused when they are not well-formed', async () => {
    for (const body of [
      { timeZone: 'Mars/Olympus' },
      { timeZone: '+02:00' },
      { timeZone: '' },
      { locale: 'tlh' },
      { accent: 'red' },
      { accent: '#12345' },
      { name: '' },
      { name: null },
      { name: 'Two\nlines' },
      { slug: '---' },
      { slug: null },
      { suspendedAt: null },
      { id: globex.id },
      { sessionHours: 1 },
    ])
      expect((await acme.owner.patch('/organization', body)).status).toBe(400);
  });

  it('are for those who have the right, and for their own organization', async () => {
    const agent = await acme.user('agent');
    const before = (await globex.owner.get('/organization')).body.data;

    expect((await agent.patch('/organization', { name: 'Mine' })).status).toBe(403);
    expect((await agent.get('/organization/security')).status).toBe(403);
    expect((await agent.patch('/organization/security', {})).status).toBe(403);
    expect((await agent.put('/organization/logo', PNG, picture('image/png'))).status).toBe(403);
    expect((await as(null).get('/organization/logo')).status).toBe(401);
    await acme.owner.patch('/organization', { name: 'Once more' });
    expect((await globex.owner.get('/organization')).body.data).toEqual(before);
  });
});

describe('the security policy', () => {
  it('is read and changed, and told', async () => {
    const desk = await given.organization();
    const before = (await desk.owner.get('/organization/security')).body.data;

    const answer = await desk.owner.patch('/organization/security', {
      sessionHours: 12,
      allowedDomains: ['Acme.Example', 'xn--bcher-kva.example'],
    });

    expect(before).toEqual({
      sessionHours: 720,
      secondFactorRequired: false,
      allowedDomains: [],
      ssoRequired: false,
    });
    expect(answer.body.data).toEqual({
      ...before,
      sessionHours: 12,
      allowedDomains: ['acme.example', 'xn--bcher-kva.example'],
    });
    expect((await desk.events()).at(-1)).toMatchObject({
      type: 'organization.security_changed',
      changes: {
        sessionHours: [720, 12],
        allowedDomains: [[], ['acme.example', 'xn--bcher-kva.example']],
      },
    });
    expect((await globex.owner.get('/organization/security')).body.data).toEqual(before);
  });

  it('is refused when it is not well-formed', async () => {
    for (const body of [
      { sessionHours: 0 },
      { sessionHours: 9_000 },
      { sessionHours: 1.5 },
      { secondFactorRequired: 'yes' },
      { allowedDomains: ['no domain'] },
      { allowedDomains: ['@acme.example'] },
      { allowedDomains: ['a.example', 'A.example'] },
      { allowedDomains: null },
      { ssoRequired: true },
    ])
      expect((await acme.owner.patch('/organization/security', body)).status).toBe(400);
  });
});

describe('the logo', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP],
  ])('is taken as %s and served as it is, once', async (type, bytes) => {
    const desk = await given.organization();
    const put = await desk.owner.put('/organization/logo', bytes, picture(type));

    const answer = await desk.owner.get('/organization/logo');
    const again = await desk.owner.get('/organization/logo', {
      headers: { 'if-none-match': answer.headers.etag! },
    });

    expect(put.status).toBe(200);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(again.status).toBe(304);
    expect((await desk.owner.get('/organization')).body.data.hasLogo).toBe(true);
    expect((await desk.events()).at(-1)).toMatchObject({
      type: 'organization.updated',
      changes: { logo: [null, answer.headers.etag!.slice(1, -1)] },
    });
    expect((await globex.owner.get('/organization/logo')).status).toBe(404);
  });

  it('is known by its bytes and not by what it is called', async () => {
    const put = (bytes: Buffer, type: string) =>
      acme.owner.put('/organization/logo', bytes, picture(type));

    for (const answer of [
      await put(SVG, 'image/svg+xml'),
      await put(SVG, 'image/png'),
      await put(Buffer.from('<html>'), 'image/webp'),
      await put(Buffer.alloc(0), 'image/png'),
      await acme.owner.put('/organization/logo', { logo: 'x' }),
    ])
      expect(answer.status).toBe(415);
    // A picture of another kind than it says is served as what it is.
    await put(JPEG, 'image/png');
    const served = await acme.owner.get('/organization/logo');
    expect(served.headers['content-type']).toBe('image/jpeg');
    const large = Buffer.concat([PNG, Buffer.alloc(256 * 1024)]);
    expect((await put(large, 'image/png')).status).toBe(413);
    expect((await acme.owner.delete('/organization/logo')).status).toBe(200);
    expect((await acme.owner.delete('/organization/logo')).status).toBe(200);
    const gone = await acme.owner.get('/organization/logo');
    expect(gone.body.error.code).toBe('organization.no_logo');
  });
});
