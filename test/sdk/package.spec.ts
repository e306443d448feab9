import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { repository } from '../architecture/checks/house.js';

const sdk = join(repository, 'sdk');
const read = (path: string): string => readFileSync(join(sdk, path), 'utf8');
const own = JSON.parse(read('package.json')) as Record<string, any>;

/** Runs the compiler and gives what it complains of. */
function compile(...options: string[]): string {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  try {
    return execFileSync(process.execPath, [tsc, ...options], { encoding: 'utf8', cwd: sdk });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

it('compiles with what Node, browsers and workers have alike, for whoever installs it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-sdk-'));
  try {
    expect(compile('-p', '.', '--outDir', folder)).toBe('');
    const entry = own.exports['.'];
    for (const built of [entry.types, entry.default])
      expect(existsSync(join(folder, built.replace('./dist/', '')))).toBe(true);
    expect(existsSync(join(sdk, entry.source))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);

it('depends on nothing, and is published with its papers and no test', () => {
  expect(own).not.toHaveProperty('dependencies');
  expect(own).not.toHaveProperty('peerDependencies');
  expect(own.files).toEqual(['dist', 'src']);
  expect(read('LICENSE')).toBe(readFileSync(join(repository, 'LICENSE'), 'utf8'));
});

it('has recipes that compile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-recipes-'));
  try {
    const recipes = [...read('README.md').matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
    expect(recipes.length).toBeGreaterThanOrEqual(6);
    for (const [index, [, code]] of recipes.entries())
      writeFileSync(join(folder, `recipe-${index}.ts`), code!);
    const config = {
      extends: join(sdk, 'tsconfig.json'),
      compilerOptions: {
        noEmit: true,
        rootDir: '/',
        paths: { '@manydesk/sdk': [join(sdk, 'src/manydesk.ts')] },
        typeRoots: [join(repository, 'node_modules/@types')],
        types: ['node'],
        skipLibCheck: true,
      },
      include: ['*.ts'],
    };
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    expect(compile('-p', folder)).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
