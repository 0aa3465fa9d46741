/** The matchers that `expect.extend(berthMatchers)` adds. */
export interface PlanMatchers<R = void> {
  /** A resource of that type is there after the plan, with at least these attributes, in Terraform's names. */
  toPlanResource(type: string, attributes?: Readonly<Record<string, unknown>>): R;
  /** The plan changes no resource and no output. */
  toHaveNoChanges(): R;
  /** The plan replaces no resource. */
  toHaveNoReplacement(): R;
  /** The plan destroys no resource, not even to replace it. */
  toHaveNoDestroy(): R;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- @types/jest declares its matchers in this namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is by interface
    interface Matchers<R> extends PlanMatchers<R> {}
  }
}
