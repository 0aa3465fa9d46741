/** Tests are transpiled without type-checking them one by one; `npm run typecheck` checks types. */
const { availableParallelism } = require('node:os');

module.exports = {
  testEnvironment: 'node',
  // The default of five seconds is a matter of the machine's load, also where a test only decides.
  testTimeout: 120_000,
  // Rehearsals wait for Terraform as long as they compute; in one process they would also share its signal handlers.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/test/longest-first.js',
  // Examples are tested as the package is installed (test-package/examples.test.ts), and from the sources by npm run test:examples.
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^cdktf-berth$': '<rootDir>/index.ts',
    '^cdktf-berth/aws$': '<rootDir>/stacks/aws.ts',
    '^cdktf-berth/(\\w+)$': '<rootDir>/$1/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdktf.out/', '<rootDir>/cdk.out/'],
};
