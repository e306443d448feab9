import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { documentOfSdk, errorCodesFile, errorCodesIn } from '../../scripts/lib/sdk-document.mjs';
import { repository } from '../architecture/checks/house.js';
import { useApp } from '../support/app.js';

const running = await useApp();
/** What mends it: said by the tests themselves. */
const MEND = 'npm run build -- sdk';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

it(`types the SDK by the document of this very API (else: ${MEND})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-sdk-'));
  try {
    const document = join(folder, 'openapi.json');
    const types = join(folder, 'schema.ts');
    writeFileSync(document, JSON.stringify(documentOfSdk(running.document)));
    const cli = join(repository, 'node_modules/openapi-typescript/bin/cli.js');
    const options = ['--output', types, '--default-non-nullable=false'];
    execFileSync(process.execPath, [cli, document, ...options], { stdio: 'pipe' });
    expect(read('sdk/src/schema.ts') === readFileSync(types, 'utf8')).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it(`knows every code with which the API refuses (else: ${MEND})`, () => {
  const codes = errorCodesFile(errorCodesIn(join(repository, 'apps/api/src')));
  expect(read('sdk/src/error-codes.ts')).toBe(codes);
});

it('leaves out what no key may call, and what only people read', () => {
  const { paths, components } = documentOfSdk(running.document);
  expect(Object.keys(paths)).toContain('/tickets/{id}');
  expect(Object.keys(paths).filter((path) => /^\/(auth|scim|development)\//.test(path))).toEqual(
    [],
  );
  expect(Object.keys(components.schemas)).toContain('TicketDto');
  expect(Object.keys(components.schemas)).not.toContain('SignInDto');
});
