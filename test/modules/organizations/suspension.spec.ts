import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { OrganizationStanding } from '#modules/organizations/organization-standing.service.js';
import { settingsOf, useApp } from '../../support/app.js';

const running = await useApp();
const { given } = running;
const globex = await given.organization('Globex');
const root = resolve(import.meta.dirname, '..', '..', '..');

/** What the command says. */
async function command(...args: string[]): Promise<string> {
  const cli = [resolve(root, 'dist/api/cli.js'), ...args];
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    ...settingsOf(running.database, running.dataDir),
  };
  return promisify(execFile)(process.execPath, cli, { cwd: root, env }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );
}

describe('a suspended organization', () => {
  it('refuses its programs and lets its people read alone, on cached paths too, until it is resumed', async () => {
    const desk = await given.organization();
    const program = await desk.apiKey(['tickets:read', 'tickets:write']);
    const theirs = await globex.apiKey(['tickets:read']);
    const { slug } = desk.organization;
    expect((await program.get('/tickets')).status).toBe(200);
    expect((await desk.owner.get('/tickets')).status).toBe(200);

    expect(await running.get(OrganizationStanding).suspend(slug)).toBe(true);

    const refused = [
      await program.get('/tickets'),
      await desk.owner.post('/tickets', {}),
      await desk.owner.patch('/organization', { name: 'Mine' }),
      await desk.owner.put('/organization/deletion', { slug }),
      await desk.owner.delete('/organization/deletion'),
      await desk.owner.post('/invitations', { email: 'a@b.example', role: 'agent' }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('organization.suspended');
    }
    expect((await desk.owner.get('/tickets')).status).toBe(200);
    expect((await desk.owner.get('/organization')).body.data.suspendedAt).not.toBeNull();
    // Their own account stays theirs.
    expect((await desk.owner.patch('/me', { name: 'Olga' })).status).toBe(200);
    expect((await globex.owner.post('/tickets', {})).status).toBe(400);
    expect((await theirs.get('/tickets')).status).toBe(200);

    expect(await running.get(OrganizationStanding).resume(slug)).toBe(true);

    expect((await program.get('/tickets')).status).toBe(200);
    expect((await desk.owner.patch('/organization', { name: 'Mine' })).status).toBe(200);
    const types = (await desk.events()).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['organization.suspended', 'organization.resumed']),
    );
  });

  it('is suspended and resumed by the operator’s command', async () => {
    const desk = await given.organization();
    const { slug } = desk.organization;

    expect(await command('organization:suspend', slug)).toBe(`${slug} is suspended.\n`);
    expect((await desk.owner.get('/organization')).body.data.suspendedAt).not.toBeNull();
    expect(await command('organization:resume', slug)).toBe(`${slug} is working.\n`);
    expect(await command('organization:resume', 'nobody')).toContain(
      'there is no organization "nobody"',
    );
    const told = (await desk.events()).filter(({ type }) => type.startsWith('organization.'));
    expect(told.at(-1)).toMatchObject({
      type: 'organization.resumed',
      actor: { type: 'system' },
      changes: { suspendedAt: [expect.any(String), null] },
    });
    // Each command is a process, which takes its time to start.
  }, 120_000);
});
