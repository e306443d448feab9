import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { dataFolder, freePort, launch, listen } from './launch.js';

/** Everything that can be wrong before the desk is up: one sentence, exit code 1, nothing left running. */
describe('npm start refuses', () => {
  const folder = dataFolder();
  let taken: Server;
  let port: number;

  beforeAll(async () => {
    taken = await listen(0);
    port = (taken.address() as { port: number }).port;
  });
  afterAll(async () => {
    await new Promise((done) => taken.close(done));
    folder.remove();
  });

  async function refusal(settings: Record<string, string>): Promise<string> {
    const started = launch({ MANYDESK_DATA_DIR: folder.path, ...settings });
    const code = await started.ended;
    expect(started.leftovers()).toEqual([]);
    expect(code).toBe(1);
    const sentences = started.errors().trim().split('\n');
    expect(sentences).toHaveLength(1);
    return sentences[0]!;
  }

  it('a port that is in use, and names one that is free', async () => {
    const sentence = await refusal({ PORT: String(port) });
    expect(sentence).toMatch(
      new RegExp(
        `^manydesk: port ${port} is in use by another program; stop it or start with PORT=\\d+ npm start$`,
      ),
    );
  });

  it.each(['0', '70000', '3000x'])('PORT=%s', async (value) => {
    expect(await refusal({ PORT: value })).toBe(
      `manydesk: PORT is "${value}"; set it to a number from 1 to 65535, for example PORT=3000.`,
    );
  });

  it('an address that is not of this machine', async () => {
    const sentence = await refusal({ PORT: String(await freePort()), HOST: '192.0.2.1' });
    expect(sentence).toMatch(
      /^manydesk: cannot listen on HOST=192\.0\.2\.1 .* set HOST to an address of this machine/,
    );
  });

  it('a data folder that cannot be written', async () => {
    mkdirSync(folder.path, { recursive: true });
    const file = join(folder.path, 'a-file');
    writeFileSync(file, '');
    const sentence = await refusal({
      PORT: String(await freePort()),
      MANYDESK_DATA_DIR: join(file, 'data'),
    });
    expect(sentence).toMatch(
      /^manydesk: cannot write to the data folder .*a-file\/data .* set MANYDESK_DATA_DIR/,
    );
  });

  it('production without a secret, or with a short one', async () => {
    expect(await refusal({ NODE_ENV: 'production' })).toMatch(
      /^manydesk: MANYDESK_SECRET is not set; production needs one of at least 32 characters/,
    );
    expect(await refusal({ NODE_ENV: 'production', MANYDESK_SECRET: 'short' })).toMatch(
      /^manydesk: MANYDESK_SECRET has 5 characters; it needs at least 32/,
    );
  });

  it('a mode that does not exist', async () => {
    expect(await refusal({ NODE_ENV: 'staging' })).toMatch(
      /^manydesk: NODE_ENV is "staging"; set it to/,
    );
  });

  it.each([
    'desk',
    'mysql://a:secret-word@127.0.0.1/desk',
    'postgres://a:secret-word@127.0.0.1:5432',
  ])('DATABASE_URL=%s without repeating its password', async (url) => {
    const sentence = await refusal({ PORT: String(await freePort()), DATABASE_URL: url });
    expect(sentence).toMatch(
      /^manydesk: DATABASE_URL cannot be used, .*postgres:\/\/user:password@host:5432\/database/,
    );
    expect(sentence).not.toContain('secret-word');
  });

  it('a database server that is not there', async () => {
    const nobody = await freePort();
    const url = `postgres://a:b@127.0.0.1:${nobody}/desk`;
    expect(await refusal({ PORT: String(await freePort()), DATABASE_URL: url })).toMatch(
      new RegExp(
        `^manydesk: cannot reach the database of DATABASE_URL at 127\\.0\\.0\\.1:${nobody} \\(nothing listens there\\)`,
      ),
    );
  });

  it('a database server that does not let us in, and a database that is not there', async () => {
    const wrong = new URL(process.env.TEST_DATABASE_URL!);
    wrong.password = 'wrong-word';
    expect(await refusal({ PORT: String(await freePort()), DATABASE_URL: wrong.href })).toMatch(
      /^manydesk: the database server at .* refused the sign-in of DATABASE_URL/,
    );
    const absent = new URL(process.env.TEST_DATABASE_URL!);
    absent.pathname = '/no_such_desk';
    expect(await refusal({ PORT: String(await freePort()), DATABASE_URL: absent.href })).toMatch(
      /^manydesk: there is no database "no_such_desk" on .* create it \(createdb no_such_desk\)/,
    );
  });
});
