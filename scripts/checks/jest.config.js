import base from '../../jest.config.js';

const { globalSetup, globalTeardown, reporters, ...rest } = base;

/**
 * The specs that look at the sources alone, for `npm run check`: no database, so no set-up. `npm test` runs them
 * too, except the guards of the guards, and with them the one that compares the schema with a migrated database.
 *
 * @type {import('jest').Config}
 */
export default {
  ...rest,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/architecture/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/schema\\.spec\\.ts$'],
};
