import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOfFiles } from './hash.mjs';
import { setupLock, withLock } from './lock.mjs';
import { currentNode, withNode } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { run } from './processes.mjs';
import { seconds } from './progress.mjs';
import { documentOfSdk, errorCodesFile, errorCodesIn } from './sdk-document.mjs';
import { Sentence } from './sentence.mjs';

/**
 * The build is a list of steps, each skipped while the content of its inputs is what it was. A result
 * appears in its place only when it is complete, so a build that was cut short is simply done again.
 */
const generated = 'apps/api/src/core/database/generated';
const clientTypes = 'apps/dashboard/src/api/schema.d.ts';

const client = {
  name: 'database client',
  inputs: ['prisma/schema', 'prisma.config.ts', 'package-lock.json'],
  outputs: [`${generated}/client.ts`],
  /** Prisma would download an engine that generating does not need; any existing program satisfies it. */
  make: () =>
    tool('prisma', ['prisma/build/index.js', 'generate'], {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    }),
};

const api = {
  name: 'API',
  inputs: ['apps/api/src', '.swcrc', 'package-lock.json'],
  outputs: ['dist/api/main.js'],
  make: () =>
    inPlaceOf('dist/api', (fresh) =>
      tool(
        'swc',
        [
          '@swc/cli/bin/swc.js',
          'src',
          '--out-dir',
          fresh,
          '--strip-leading-paths',
          '--config-file',
          inRoot('.swcrc'),
          '--ignore',
          '**/*.spec.ts',
          '--quiet',
        ],
        {
          cwd: inRoot('apps/api'),
        },
      ),
    ),
};

const dashboard = {
  name: 'dashboard',
  inputs: ['apps/dashboard', 'package-lock.json'],
  ignored: [clientTypes],
  outputs: ['dist/dashboard/index.html'],
  make: () =>
    inPlaceOf('dist/dashboard', (fresh) =>
      tool(
        'vite',
        [
          'vite/bin/vite.js',
          'build',
          inRoot('apps/dashboard'),
          '--outDir',
          fresh,
          '--emptyOutDir',
          '--logLevel',
          'warn',
        ],
        {
          env: { NODE_ENV: 'production' },
        },
      ),
    ),
};

/** The dashboard's view of the API: types written from the OpenAPI document that the API prints. */
const contract = {
  name: 'API types',
  inputs: ['dist/api', 'package-lock.json'],
  outputs: [clientTypes],
  make: async () => typesOf(await printedDocument(), clientTypes),
};

/** The document by itself, for those who check it. */
const document = {
  name: 'API document',
  inputs: ['dist/api', 'package-lock.json'],
  outputs: ['dist/openapi.json'],
  make: async () =>
    writeFileSync(inRoot('dist/openapi.json'), JSON.stringify(await printedDocument(), null, 2)),
};

const sdkTypes = 'sdk/src/schema.ts';
const sdkCodes = 'sdk/src/error-codes.ts';

/** The SDK: its types written anew from the document, then what is published of it. */
const sdk = {
  name: 'SDK',
  inputs: ['apps/api/src', 'dist/api', 'sdk/src', 'sdk/tsconfig.json', 'package-lock.json'],
  ignored: [sdkTypes, sdkCodes],
  outputs: [sdkTypes, sdkCodes, 'sdk/dist/manydesk.js'],
  make: async () => {
    // A default is what is taken when nothing is sent: to have one does not make a field of a request needed.
    await typesOf(documentOfSdk(await printedDocument()), sdkTypes, [
      '--default-non-nullable=false',
    ]);
    writeFileSync(inRoot(sdkCodes), errorCodesFile(errorCodesIn(inRoot('apps/api/src'))));
    rmSync(inRoot('sdk/dist'), { recursive: true, force: true });
    await tool('tsc', ['typescript/bin/tsc', '-p', 'sdk']);
  },
};

async function printedDocument() {
  const printed = await tool('the API', [inRoot('dist/api/cli.js'), 'openapi'], {
    env: documentOnly,
  });
  return JSON.parse(printed.slice(printed.indexOf('{')));
}

async function typesOf(document, output, options = []) {
  const file = inRoot('dist', '.openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const cli = 'openapi-typescript/bin/cli.js';
  await tool('openapi-typescript', [cli, file, '--output', inRoot(output), ...options]);
  rmSync(file);
}

/** The document is the same in every mode and needs no database: nothing connects before the app listens. */
const documentOnly = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  MANYDESK_SECRET: 'printing-the-document-signs-nothing',
  LOG_LEVEL: 'silent',
};

/** The steps by the names that commands use. */
export const buildSteps = { client, api, dashboard, contract, document, sdk };

/** Runs one step unless it is up to date; resolves to the words for the progress line. */
export async function build(step, note) {
  return withLock(
    setupLock(),
    async () => {
      const stamp = inRoot('dist', '.stamps', step.name.replaceAll(' ', '-'));
      const hash = hashOfFiles(step.inputs, step.ignored);
      const complete = step.outputs.every((file) => existsSync(inRoot(file)));
      if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 'unchanged';
      const started = Date.now();
      rmSync(stamp, { force: true });
      mkdirSync(path.dirname(stamp), { recursive: true });
      await step.make();
      writeFileSync(stamp, hash);
      return `ok (${seconds(Date.now() - started)})`;
    },
    () => note?.('waiting for another command'),
  );
}

async function inPlaceOf(folder, make) {
  const place = inRoot(folder);
  const fresh = path.join(path.dirname(place), `.${path.basename(place)}.new`);
  rmSync(fresh, { recursive: true, force: true });
  await make(fresh);
  rmSync(place, { recursive: true, force: true });
  renameSync(fresh, place);
}

/** Runs a tool of ours out of node_modules, or a file of our own; its output is shown only when it fails. */
async function tool(name, [script, ...args], { cwd = root, env = {} } = {}) {
  const file = path.isAbsolute(script) ? script : inRoot('node_modules', script);
  const result = await run(currentNode(), [file, ...args], {
    cwd,
    env: { ...withNode(process.env), ...env },
  });
  if (result.code === 0) return result.output;
  process.stderr.write(`\n${result.output.trimEnd()}\n`);
  throw new Sentence(`${name} failed with exit code ${result.code}, its words are above.`);
}
