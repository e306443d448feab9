import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('../../.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

/**
 * The dashboard in real Chromium, and its parts that need no browser.
 * @type {import('jest').Config}
 */
export default {
  rootDir: '../..',
  roots: ['<rootDir>/test/browser', '<rootDir>/apps/dashboard/src'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  reporters: ['default', '<rootDir>/scripts/lib/count-reporter.mjs'],
  // A walk through every page with axe takes minutes on a small, busy machine.
  testTimeout: 300_000,
};
