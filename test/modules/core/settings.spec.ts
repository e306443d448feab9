import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadSetting, readSettings } from '#core/config/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'manydesk-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'a-file');
writeFileSync(file, '');

const good = {
  MANYDESK_DATA_DIR: join(folder, 'data'),
  DATABASE_URL: 'postgres://owner:pass@db.example:5433/desk',
  MANYDESK_SECRET: 'x'.repeat(32),
};
const read = (settings: Record<string, string | undefined> = {}) =>
  readSettings({ ...good, ...settings });

describe('settings', () => {
  it('have their defaults', () => {
    expect(read()).toMatchObject({
      mode: 'development',
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      mailDomain: 'localhost',
      logLevel: 'info',
      redisUrl: null,
      smtpUrl: null,
      rolesAreGiven: false,
      trustedProxies: [],
      allowedPrivateNetworks: [],
      limits: { perMinute: 6_000, perCallerPerMinute: 1_200, concurrent: 50 },
      storagePerOrganization: 5120 * 1024 * 1024,
      s3: null,
    });
    expect(read({ TRUSTED_PROXIES: '10.0.0.0/8, ::1,' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
    ]);
    expect(read({ NODE_ENV: 'production' }).host).toBe('0.0.0.0');
  });

  it('make the logins of the database from its name and the secret', () => {
    const { databaseAppUrl, databaseSystemUrl } = read();

    expect(new URL(databaseAppUrl)).toMatchObject({
      username: 'desk_app',
      host: 'db.example:5433',
    });
    expect(new URL(databaseSystemUrl).username).toBe('desk_system');
    expect(new URL(databaseAppUrl).password).toHaveLength(43);
    expect(new URL(databaseAppUrl).password).not.toBe(new URL(databaseSystemUrl).password);
    expect(read().databaseAppUrl).toBe(databaseAppUrl);
    expect(read({ MANYDESK_SECRET: 'y'.repeat(32) }).databaseAppUrl).not.toBe(databaseAppUrl);
  });

  it('name an object store, with keys of its own or those of the machine', () => {
    const store = { S3_BUCKET: 'desk', S3_ENDPOINT: 'https://store.example' };
    const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    expect(read(store).s3).toEqual({
      ...{ bucket: 'desk', endpoint: 'https://store.example/', region: 'us-east-1' },
      ...{ credentials: null, forcePathStyle: false },
    });
    expect(read({ ...store, ...keys, S3_FORCE_PATH_STYLE: 'true' }).s3).toMatchObject({
      credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
      forcePathStyle: true,
    });
    expect(() => read({ ...store, S3_ACCESS_KEY_ID: 'id' })).toThrow(/belong together/);
  });

  it('take spaces around a value for an accident, and nothing for absence', () => {
    expect(read({ PORT: ' 4000 ', REDIS_URL: '  ', SMTP_URL: '' })).toMatchObject({
      port: 4000,
      redisUrl: null,
      smtpUrl: null,
    });
  });

  it.each([
    ['NODE_ENV', 'prod', /NODE_ENV is "prod", but must be one of development, production, test/],
    ['PORT', 'http', /PORT is "http", but must be a whole number from 0 to 65535/],
    ['PORT', '65536', /PORT/],
    ['PORT', '-1', /PORT/],
    ['PORT', '3000.5', /PORT/],
    ['PORT', '0x10', /PORT/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL is "loud", but must be one of/],
    [
      'PUBLIC_URL',
      'desk.example',
      /PUBLIC_URL is not a URL that starts with http:\/\/ or https:\/\//,
    ],
    ['PUBLIC_URL', 'javascript:alert(1)', /PUBLIC_URL/],
    ['DATABASE_URL', undefined, /DATABASE_URL is not set: start with `npm start`/],
    ['DATABASE_URL', 'mysql://u:pass@h/d', /DATABASE_URL is not a URL that starts with postgres:/],
    ['DATABASE_URL', 'postgres://u:pass@h', /DATABASE_URL names no database/],
    [
      'DATABASE_APP_URL',
      'postgres://u:pass@h/d',
      /DATABASE_APP_URL and DATABASE_SYSTEM_URL belong/,
    ],
    ['REDIS_URL', 'http://u:pass@h', /REDIS_URL is not a URL that starts with redis:/],
    ['SMTP_URL', 'mail.example:25', /SMTP_URL is not a URL that starts with smtp:/],
    ['MAIL_FROM_DOMAIN', 'not a domain', /MAIL_FROM_DOMAIN is "not a domain"/],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/8, proxy',
      /TRUSTED_PROXIES holds "proxy", but must be addresses/,
    ],
    ['ALLOWED_PRIVATE_NETWORKS', '10.0.0.0/99', /ALLOWED_PRIVATE_NETWORKS holds "10.0.0.0\/99"/],
    ['ATTACHMENTS_PER_ORGANIZATION_MB', '0', /ATTACHMENTS_PER_ORGANIZATION_MB is "0"/],
    ['S3_ENDPOINT', 'http://store.example', /S3_BUCKET is not set, but other S3_ settings are/],
    ['S3_ENDPOINT', 'store.example', /S3_ENDPOINT is not a URL that starts with http:/],
    ['S3_FORCE_PATH_STYLE', 'yes', /S3_FORCE_PATH_STYLE is "yes", but must be one of true, false/],
    ['MANYDESK_SECRET', 'short', /MANYDESK_SECRET has 5 characters, but must have at least 32/],
    ['MANYDESK_DATA_DIR', file, /MANYDESK_DATA_DIR is .*, which cannot be written/],
  ])('%s as %p is one sentence', (name, value, sentence) => {
    const attempt = (): unknown => read({ [name]: value });

    expect(attempt).toThrow(BadSetting);
    expect(attempt).toThrow(sentence);
    // A URL may hold a password, and the sentence ends in a log.
    expect(attempt).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(':pass@h') }),
    );
  });

  it('need a secret in production, and keep one of their own elsewhere', () => {
    const dataDir = join(folder, 'fresh');
    const without = { MANYDESK_SECRET: undefined, MANYDESK_DATA_DIR: dataDir };

    expect(() => read({ ...without, NODE_ENV: 'production' })).toThrow(
      /MANYDESK_SECRET is not set/,
    );
    const first = read(without).databaseAppUrl;
    expect(read(without).databaseAppUrl).toBe(first);
    const kept = join(dataDir, 'secret');
    expect(readFileSync(kept, 'utf8')).toMatch(/^[\da-f]{64}$/);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
  });

  it('do not print their secret', () => {
    const text = JSON.stringify(read().secrets);

    expect(text).not.toContain('xxxx');
  });
});

describe('secrets', () => {
  const { secrets } = read();
  const plain = Buffer.from('a secret of an organization');
  const NOT_OURS = /unable to authenticate/;

  it('seal a text for one purpose and one row, and open it there alone', () => {
    const sealed = secrets.seal('sealed:totp', 'row 1', plain);
    expect(sealed.includes(plain)).toBe(false);
    expect(secrets.unseal('sealed:totp', 'row 1', sealed)).toEqual(plain);
    expect(() => secrets.unseal('sealed:totp', 'row 2', sealed)).toThrow(NOT_OURS);
    expect(() => secrets.unseal('sealed:sso-client', 'row 1', sealed)).toThrow(NOT_OURS);
    const other = read({ MANYDESK_SECRET: 'y'.repeat(32) }).secrets;
    expect(() => other.unseal('sealed:totp', 'row 1', sealed)).toThrow(NOT_OURS);
  });

  it('notice any change of what they sealed, and seal the same text otherwise each time', () => {
    const sealed = secrets.seal('sealed:totp', 'row', plain);
    expect(secrets.seal('sealed:totp', 'row', plain)).not.toEqual(sealed);
    for (const at of [0, 12, 28, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => secrets.unseal('sealed:totp', 'row', changed)).toThrow(NOT_OURS);
    }
    expect(() => secrets.unseal('sealed:totp', 'row', sealed.subarray(0, 20))).toThrow(
      /authentication tag/i,
    );
  });
});
