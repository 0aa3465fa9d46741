/** What `expect.extend` expects of a matcher, in jest and in vitest. */
export interface MatcherResult {
  /** Whether it matched. */
  readonly pass: boolean;
  /** What is said where it should be otherwise. */
  message(): string;
}

type Attributes = Readonly<Record<string, unknown>>;

/** The matchers that `expect.extend(terraformMatchers)` adds. Attributes are in Terraform's names. */
export interface TerraformMatchers<R = void> {
  /** Of a plan: a resource of that type is there after it, with at least these attributes. */
  toPlanResource(type: string, attributes?: Attributes): R;
  /** Of a plan: it changes no resource and no output. */
  toHaveNoChanges(): R;
  /** Of a plan: it replaces no resource. */
  toHaveNoReplacement(): R;
  /** Of a plan: it destroys no resource, not even to replace it. */
  toHaveNoDestroy(): R;
  /** Of a plan: it creates, changes and destroys nothing that is likely to change the bill. */
  toHaveNoCostChanges(): R;
  /** Of a stack: it has a resource of that type with at least these attributes. */
  toSynthesiseResource(type: string, attributes?: Attributes): R;
  /** Of a stack: it has a data source of that type with at least these attributes. */
  toSynthesiseDataSource(type: string, attributes?: Attributes): R;
  /** Of a stack: it configures that provider with at least these attributes. */
  toSynthesiseProvider(name: string, attributes?: Attributes): R;
  /** Of a stack: it has that output, with that value where one is given. */
  toSynthesiseOutput(name: string, value?: unknown): R;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- @types/jest declares its matchers in this namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is by interface
    interface Matchers<R> extends TerraformMatchers<R> {}
  }
}
