import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { useApp } from '../../support/app.js';
import { exported } from './files.js';

const { given } = await useApp();
const folder = mkdtempSync(join(tmpdir(), 'manydesk-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cli = resolve(import.meta.dirname, '../../../dist/api/cli.js');

/** The command, where there is no database and no setting. */
function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env.PATH };
    const child = execFile(
      process.execPath,
      [cli, 'audit:verify', ...args],
      { env },
      (_, out, err) => done({ code: child.exitCode!, out, err }),
    );
  });
}

function fileWith(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('npm run cli -- audit:verify', () => {
  it.each(['csv', 'jsonl'])('proves a %s export, and finds out a changed one', async (format) => {
    const acme = await given.organization();
    await acme.ticket();
    const text = await exported(acme.owner, `format=${format}&scope=all`);
    const { headHash } = (await acme.owner.get('/audit/verification')).body.data;

    const good = await verify(fileWith(`good.${format}`, text), headHash);
    const bad = await verify(
      fileWith(`bad.${format}`, text.replace('PC LOAD', 'PC load').replace('printer', 'copier')),
    );

    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toMatch(/^VALID\. 5 events of organization /);
    expect(good.out).toContain('Proved: the log ended at event 5 with the hash that you gave.');
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(
      new RegExp(`^NOT VALID\\. Line ${format === 'csv' ? 5 : 4} is event 4, but `),
    );
  });

  it.each<[string, () => string, string]>([
    ['a file that is not there', () => join(folder, 'none.csv'), 'does not exist.'],
    ['a folder', () => folder, 'is a folder: name the file.'],
    ['an empty file', () => fileWith('empty.csv', ''), 'is empty.'],
    [
      'a picture',
      () =>
        fileWith(
          'picture.png',
          Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]),
        ),
      'is neither the CSV nor the JSON lines of an export',
    ],
    [
      'another CSV',
      () => fileWith('other.csv', 'name,age\nRita,41\n'),
      'is neither the CSV nor the JSON lines of an export',
    ],
    [
      'other JSON',
      () => fileWith('other.jsonl', '{"a":1}\n'),
      'NOT VALID. Line 1 has "a", which no export has.',
    ],
    [
      'a heading and no more',
      () => fileWith('heading.csv', HEADING),
      'NOT VALID. Line 1 is not the last line of an export',
    ],
  ])('says in one sentence what is wrong with %s', async (_, path, sentence) => {
    const { code, out, err } = await verify(path());

    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(sentence);
    expect(out).not.toContain('at ');
  });

  it('says how it is used when no file is named', async () => {
    const { code, err } = await verify();

    expect(code).toBe(1);
    expect(err).toBe(
      'manydesk: audit:verify wants the file of an export: name it after the command\n',
    );
  });

  it('gives a file without line ends up before it fills the memory', async () => {
    const path = join(folder, 'endless.jsonl');
    const stream = createWriteStream(path);
    for (let part = 0; part < 24; part += 1) stream.write('{'.repeat(1024 * 1024));
    await new Promise<void>((done) => stream.end(done));

    const { code, out } = await verify(path);

    expect(code).toBe(1);
    expect(out).toContain('is no export: line 1 is longer than any of an export.');
  });
});

const HEADING =
  'organizationId,seq,id,type,occurredAt,actorType,actorId,onBehalfOf,subjectType,subjectId,requestId,causationId,operationId,depth,payload,dataHash,prevHash,hash\r\n';
