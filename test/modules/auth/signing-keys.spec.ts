import jwt from 'jsonwebtoken';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { SigningKeys } from '../../../apps/api/src/modules/auth/signing-keys.service.js';
import { startApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { PASSWORD } from '../../support/given.js';
import { eventually, TOLD_SOON } from '../../support/jobs.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const database = await databaseOfItsOwn('keys');
// Two at once on a database without a key: a race for the first one.
const [one, two] = await Promise.all([startApp({ database }), startApp({ database })]);
const acme = await one.given.organization();
const { email } = acme.owner.user;
const [keys, otherKeys] = [one.get(SigningKeys), two.get(SigningKeys)];
const { client } = one.get(SystemDb);

afterAll(() => Promise.all([one.close(), two.close()]));
afterEach(() => [one, two].forEach(({ clock }) => clock.reset()));

const advance = (ms: number) => [one, two].forEach(({ clock }) => clock.advance(ms));
const headOf = (token: string) => jwt.decode(token, { complete: true })!.header;
const status = async (app: typeof one, token: string) => (await app.as(token).get('/me')).status;

async function signIn(app = one): Promise<string> {
  const { body } = await app.as(null).post('/auth/sessions', { email, password: PASSWORD });
  return body.data.accessToken;
}

describe('the keys of access tokens', () => {
  it('begin with one, made by whichever process comes first', async () => {
    expect(await client.signingKey.count()).toBe(1);
    expect(otherKeys.current().id).toBe(keys.current().id);
    expect(await status(two, acme.owner.token!)).toBe(200);
  });

  it('are named in the head of each token', () => {
    expect(headOf(acme.owner.token!)).toEqual({
      alg: 'HS256',
      typ: 'JWT',
      kid: keys.current().id,
    });
  });

  it('are the only ones that count, each under its own name', async () => {
    const claims = jwt.decode(acme.owner.token!) as object;
    const { id: kid, key } = keys.current();
    const made = (secret: jwt.Secret, options: jwt.SignOptions) =>
      jwt.sign(claims, secret, { algorithm: 'HS256', ...options });

    expect(await status(one, made(key, { keyid: kid }))).toBe(200);
    expect(await status(one, made(key, {}))).toBe(401);
    expect(await status(one, made(key, { keyid: newId() }))).toBe(401);
    expect(await status(one, made(key, { keyid: kid, algorithm: 'HS512' }))).toBe(401);
    expect(await status(one, made(Buffer.alloc(32), { keyid: kid }))).toBe(401);
    expect(await status(one, made(key, { keyid: "' or true --" }))).toBe(401);
  });

  it('overlap: the new one signs when every process knows it, the old one checks until its last token is over', async () => {
    const before = keys.current().id;
    const old = await signIn();
    const id = await keys.rotate();
    expect(headOf(await signIn()).kid).toBe(before);

    advance(MINUTE - 1_000);
    const last = await signIn();
    expect(headOf(last).kid).toBe(before);
    advance(1_000);
    const fresh = await signIn();
    expect(headOf(fresh).kid).toBe(id);
    expect(await status(two, fresh)).toBe(200);
    expect(await status(two, old)).toBe(200);

    advance(13 * MINUTE);
    expect(await status(one, last)).toBe(200);
    expect(await status(two, last)).toBe(200);
    advance(4 * MINUTE);
    await keys.maintain();
    await keys.reload();
    expect(await client.signingKey.count({ where: { id: before } })).toBe(0);
    expect(await status(one, last)).toBe(401);
  });

  it('are known to every process within a second', async () => {
    const id = await keys.rotate();

    const known = () => otherKeys.find(id) !== undefined;
    expect(await eventually('the other process knows the key', known, TOLD_SOON)).toBe(true);
  });

  it('are looked for once a second at most, whatever names are made up', async () => {
    const reload = otherKeys.reload.bind(otherKeys);
    let looks = 0;
    otherKeys.reload = () => {
      looks += 1;
      return reload();
    };
    const { key } = keys.current();
    const tokens = Array.from({ length: 50 }, () =>
      jwt.sign(jwt.decode(acme.owner.token!) as object, key, { keyid: newId() }),
    );

    const statuses = await Promise.all(tokens.map((token) => status(two, token)));

    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(looks).toBeLessThanOrEqual(2);
    otherKeys.reload = reload;
  });

  it('are replaced after 30 days, by one process', async () => {
    const { id } = keys.current();
    advance(29 * DAY);
    await keys.maintain();
    const count = await client.signingKey.count({ where: { goodUntil: null } });
    advance(2 * DAY);
    await Promise.all([keys.maintain(), otherKeys.maintain(), keys.maintain()]);
    await keys.reload();

    expect(count).toBe(1);
    expect(await client.signingKey.count({ where: { goodUntil: null } })).toBe(1);
    advance(MINUTE);
    expect(keys.current().id).not.toBe(id);
  });

  it('are sealed for their own row', async () => {
    const [a, b] = await client.signingKey.findMany({
      orderBy: { createdAt: 'desc' },
      take: 2,
      select: { id: true, sealed: true },
    });
    const id = newId();
    const sealed = (b ?? a)!.sealed;
    await client.signingKey.create({ data: { id, sealed, activeFrom: new Date(0) } });
    await keys.reload();

    expect(keys.find(id)).toBeUndefined();
    expect(keys.find(a!.id)).toBeDefined();
  });
});
