import { ConfigError } from '../config/parse/problem';
import type { Unit } from '../placement/decision';
import { deployedWith } from './deployed';
import type { Deployed } from './deployed';
import { environmentOfFacts } from './facts';
import type { EnvironmentFacts } from './facts';

/**
 * What a lock records of deployed things; what one of an older Berth does not record is what it built by its facts. Where these are
 * of no environment, the check of the lock says so.
 */
export function deployedByFacts(
  deployed: Deployed,
  facts: EnvironmentFacts,
  units: readonly Unit[],
): Deployed {
  if (deployed.platform && deployed.devices) return deployed;
  try {
    // Only what is missing: what is recorded may differ from the facts by a hand edit, which the check finds.
    return { ...deployedWith({}, environmentOfFacts(facts, 'facts'), units), ...deployed };
  } catch (error) {
    if (error instanceof ConfigError) return deployed;
    throw error;
  }
}
