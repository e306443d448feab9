import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/test', '<rootDir>/apps'],
  testMatch: ['**/*.spec.ts'],
  // The guards of the guards look at sources alone and run with `npm run check`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/', '/guards\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.manydesk/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  // Sources name what will be there after the build (`./tickets.service.js`).
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // It has sources under the same condition as ours, which nothing here translates.
    '^eventsource-parser/stream$': '<rootDir>/node_modules/eventsource-parser/dist/stream.js',
  },
  testEnvironment: 'node',
  // `#core/…` and `#modules/…` are the sources here, by the condition in package.json.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/scripts/lib/count-reporter.mjs'],
  testTimeout: 30_000,
  // Each file loads the whole product into a realm of its own, of which the engine gives back little: a worker that has
  // grown is replaced, or it would collect garbage most of the time and die of it in the end.
  workerIdleMemoryLimit: '1GB',
};
