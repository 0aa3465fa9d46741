import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noFramework = (message, ...names) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [
        ...['@cdktf/provider-azurerm', '@cdktn/provider-azurerm'].map(name => ({
          name,
          message: 'import lib/<resource>: the root costs over five seconds of start-up',
        })),
        ...names.map(name => ({ name, message })),
      ],
      patterns: names.map(name => ({ group: [`${name}/*`], message })),
    },
  ],
});

/** A venue's name as it stands in code. */
const venueName = 'Literal[value=/^(hosted|catalog|vm|edge|cluster)$/]';

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'cdktf.out/', 'cdk.out/', 'coverage/', 'docs/api/', '**/*.js'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      ...noFramework(''),
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'use require: jest has no import() in what is installed' },
      ],
      'max-lines': ['error', { max: 300, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'variable', modifiers: ['const', 'global'], format: ['camelCase', 'PascalCase'] },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: ['{config,catalog,sizing,placement,lock,report,text}/**/*.ts'],
    rules: noFramework('the decision is pure', 'cdktf', 'aws-cdk-lib', 'constructs'),
  },
  {
    files: ['constructs/aws/**/*.ts'],
    rules: noFramework('constructs/aws/ is CloudFormation only', 'cdktf'),
  },
  {
    files: ['test/**', 'test-package/**', 'examples/**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', 500] },
  },
  {
    files: ['{config,catalog,sizing,placement,lock,report,stacks,bin,bench,tools}/**/*.ts'],
    // Roles of stacks are names of their own.
    ignores: ['placement/venues/**', 'stacks/venues.ts', 'stacks/stack-roles.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          `BinaryExpression[operator=/^[!=]==?$/] > ${venueName}`,
          `SwitchCase > ${venueName}`,
          `ArrayExpression > ${venueName}`,
        ].map(selector => ({
          selector,
          message: 'ask the venue (placement/venues) instead of comparing its name',
        })),
      ],
    },
  },
  { files: ['catalog/**'], rules: { 'max-lines': 'off' } },
);
