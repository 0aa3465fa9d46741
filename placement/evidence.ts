import { worstOf } from '../catalog';
import type { Fact } from '../catalog';
import type { Environment, Workload } from '../config/environment';
import type { SoftRequirement } from '../config/schema/evidence';

/** A fact that counts for a requirement. */
interface Usable<T> {
  /** What the requirement is compared with. */
  readonly value: T;
  readonly estimated: boolean;
  readonly from: string;
}

/**
 * The policy of decision 25: what is stated or measured counts for everything; an estimate counts for soft requirements
 * alone, at the worse end of its error, unless the workload, or else the environment, wants verified facts.
 * @returns undefined where the fact does not count
 */
export function usable<T>(
  fact: Fact<T>,
  requirement: SoftRequirement,
  workload: Workload,
  environment: Environment,
): Usable<T> | undefined {
  if (fact.evidence === 'unknown') return undefined;
  const estimated = fact.evidence === 'estimated';
  if (estimated && !acceptsEstimates(requirement, workload, environment)) return undefined;
  return { value: worstOf(fact), estimated, from: fact.from };
}

/** Whether an estimate satisfies a requirement of a workload. */
export function acceptsEstimates(
  requirement: SoftRequirement,
  workload: Workload,
  environment: Environment,
): boolean {
  const level = levelOf(workload.evidence, requirement) ?? levelOf(environment.evidence, requirement);
  return (level ?? byDefault(requirement)) === 'estimated';
}

/** What an estimate gets wrong of instance types is a deployment that fails, so those are asked for. */
function byDefault(requirement: SoftRequirement): 'verified' | 'estimated' {
  return requirement === 'instanceTypes' ? 'verified' : 'estimated';
}

function levelOf(
  stated: Workload['evidence'],
  requirement: SoftRequirement,
): 'verified' | 'estimated' | undefined {
  return typeof stated === 'object' ? stated[requirement] : stated;
}
