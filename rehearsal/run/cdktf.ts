/**
 * The framework of an app that is rehearsed in memory, loaded when it is needed: a rehearsal of Terraform files starts
 * without it. With `require`, because a test runner's own module loader has no `import()` (jest).
 */
export function cdktf(): typeof import('cdktf') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
  return require('cdktf') as typeof import('cdktf');
}
