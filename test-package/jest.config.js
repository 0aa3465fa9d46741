/** Tests of what `npm pack` makes, in projects that know nothing of this repository: `npm run test:package`. */
const { testEnvironment, transform } = require('../jest.config');

module.exports = {
  rootDir: __dirname,
  testEnvironment,
  transform,
  testMatch: ['<rootDir>/*.test.ts'],
  globalSetup: '<rootDir>/installed.ts',
  globalTeardown: '<rootDir>/removed.ts',
  maxWorkers: 2,
  testTimeout: 300_000,
};
