import {
  toHaveNoChanges,
  toHaveNoCostChanges,
  toHaveNoDestroy,
  toHaveNoReplacement,
  toPlanResource,
} from './plan-matchers';
import {
  toSynthesiseDataSource,
  toSynthesiseOutput,
  toSynthesiseProvider,
  toSynthesiseResource,
} from './synth-matchers';

/**
 * Matchers on plans and on stacks, for `expect.extend(terraformMatchers)` of jest and vitest. Each is a plain function
 * as well: it takes what `expect` takes and answers `{pass, message()}`.
 */
export const terraformMatchers = {
  toPlanResource,
  toHaveNoChanges,
  toHaveNoReplacement,
  toHaveNoDestroy,
  toHaveNoCostChanges,
  toSynthesiseResource,
  toSynthesiseDataSource,
  toSynthesiseProvider,
  toSynthesiseOutput,
};
