import { jest } from '@jest/globals';
import { rmSync } from 'node:fs';
import { dataFolder, endAll, eventually, freePort, launch } from './launch.js';

// A start is seconds of work, and the machine may have other things to do.
const patience = 120_000;
jest.setTimeout(patience);

/** `npm start` as a person lives with it: it comes up, it goes away, and it comes back after a bad end. */
describe('npm start', () => {
  const folder = dataFolder();
  let settings: Record<string, string>;

  // What there is to build is built once, outside of the time of any start.
  beforeAll(async () => {
    expect(await launch({}, 'scripts/build.mjs').ended).toBe(0);
  });
  beforeEach(async () => {
    settings = {
      MANYDESK_DATA_DIR: folder.path,
      PORT: String(await freePort()),
      LOG_LEVEL: 'warn',
    };
  });
  afterEach(endAll);
  afterAll(() => folder.remove());

  it('shows its steps, the address and the demo sign-ins, and stops on Ctrl-C', async () => {
    const desk = launch(settings);
    const output = await desk.printed(/Ctrl-C stops it/);
    expect(output).toMatch(/^\[1\/6\] packages … unchanged\n\[2\/6\] database client … /);
    expect(output).toContain(`Manydesk is running at http://localhost:${settings.PORT}`);
    expect(output).toMatch(/owner@acme\.example\s+\S+\s+Acme Support/);
    const answer = await fetch(`http://127.0.0.1:${settings.PORT}/health/live`);
    expect(answer.status).toBe(200);

    desk.interrupt();
    expect(await desk.ended).toBe(0);
    expect(desk.leftovers()).toEqual([]);
    expect(desk.errors()).toBe('');
  });

  it('tells a second start in the same folder where the first one is, and survives an impatient Ctrl-C', async () => {
    const desk = launch(settings);
    await desk.printed(/Ctrl-C stops it/);
    const second = launch({ ...settings, PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.errors()).toMatch(
      new RegExp(
        `^manydesk: Manydesk already runs on ${folder.path}, at http://localhost:${settings.PORT} `,
      ),
    );

    desk.interrupt();
    desk.interrupt();
    await new Promise((done) => setTimeout(done, 20));
    if (desk.child.exitCode === null) desk.interrupt();
    expect(await desk.ended).toBe(0);
    expect(desk.leftovers()).toEqual([]);
    expect(desk.errors()).toBe('');
  });

  it('leaves nothing behind when it is stopped while it starts', async () => {
    const desk = launch(settings);
    await desk.printed(/database … /);
    desk.child.kill('SIGTERM');
    expect(await desk.ended).toBe(0);
    expect(desk.leftovers()).toEqual([]);
  });

  it('comes back after it was killed: the API notices, the database is taken over', async () => {
    const killed = launch(settings);
    await killed.printed(/Ctrl-C stops it/);
    killed.child.kill('SIGKILL');
    const isApiGone = () => killed.leftovers().every((process) => /postgres/.test(process));
    expect(await eventually(isApiGone, 30_000)).toBe(true);

    const desk = launch(settings);
    await desk.printed(/Ctrl-C stops it/);
    desk.child.kill('SIGTERM');
    expect(await desk.ended).toBe(0);
    expect([...killed.leftovers(), ...desk.leftovers()]).toEqual([]);
  });

  it('says so and stops when the API dies under it', async () => {
    const desk = launch(settings);
    await desk.printed(/Ctrl-C stops it/);
    const api = desk.leftovers().find((process) => /dist\/api\/main\.js/.test(process))!;
    process.kill(Number(api.split(' ')[0]), 'SIGKILL');
    expect(await desk.ended).toBe(1);
    expect(desk.errors()).toMatch(
      /^manydesk: the API stopped by itself \(it was ended by SIGKILL\)/m,
    );
    expect(desk.leftovers()).toEqual([]);
  });

  it('seeds nothing in production and logs JSON alone', async () => {
    rmSync(folder.path, { recursive: true, force: true });
    const production = {
      NODE_ENV: 'production',
      MANYDESK_SECRET: 'x'.repeat(32),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    };
    const desk = launch({ ...settings, ...production });
    await desk.printed(/Manydesk is running at/);
    desk.interrupt();
    expect(await desk.ended).toBe(0);
    const logged = desk
      .log()
      .split('\n')
      .filter((line) => line !== '');
    for (const line of logged) expect(() => JSON.parse(line)).not.toThrow();
    expect(desk.output()).not.toContain('acme.example');
  });
});
