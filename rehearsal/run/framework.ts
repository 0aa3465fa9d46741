/** cdktf and its successor cdktn have the same classes under the same names. */
export type Framework = typeof import('cdktf');

interface Described {
  readonly [runtimeType]?: { readonly fqn?: string };
}

/** Under it, classes made with jsii have their qualified name, for example `cdktn.TerraformStack`. */
const runtimeType = Symbol.for('jsii.rtti');

/**
 * The framework that a construct is of, in the copy that its project has: two frameworks may be installed, and the aspects
 * of one mean nothing to the other. Loaded when it is needed, for a rehearsal of Terraform files starts without one;
 * with `require`, because a test runner's own module loader has no `import()` (jest).
 * @returns undefined for what is not made of classes of either
 */
export function frameworkOf(subject: unknown): Framework | undefined {
  if (typeof subject !== 'object' || subject === null) return undefined;
  for (let type: unknown = subject.constructor; type; type = Object.getPrototypeOf(type)) {
    const name = /^(cdktf|cdktn)\./.exec((type as Described)[runtimeType]?.fqn ?? '')?.[1];
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
    if (name !== undefined) return require(name) as Framework;
  }
  return undefined;
}
