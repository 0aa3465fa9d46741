import {
  ConfigError,
  PlacementError,
  checkLock,
  decide,
  parseEnvironment,
  parseLock,
  writeLock,
} from '../../config';
import type { Catalog, Decision, Environment, EnvironmentInput, Unit } from '../../config';
import { synthesise } from './synthesis';

export const asOf = '2026-11-24';

/** An environment, and what may be chosen for it. */
export interface Trial {
  readonly name: string;
  readonly input: EnvironmentInput;
  readonly catalog: Catalog;
}

/** What came of a trial. */
export interface Outcome {
  readonly units: readonly Unit[];
  /** Workloads that nothing serves, with the rules that what came nearest breaks. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
  /** What was placed and then could not be built, or is a fault of the placement; none where both sides agree. */
  readonly faults: readonly string[];
}

/** Places a trial, without what nothing serves; locks what is placed, checks the lock and synthesises all stacks. */
export async function outcomeOf({ name, input, catalog }: Trial): Promise<Outcome> {
  const refused = new Map<string, readonly string[]>();
  for (let { workloads } = input; workloads.length > 0;) {
    try {
      const environment = parseEnvironment({ ...input, workloads }, name);
      const decision = await decide(environment, catalog, {
        asOf,
        limits: { gap: 0.05, nodes: 200 },
        grantArrangements: false,
      });
      const faults = faultsOf(environment, decision, catalog).map(each => `${name}: ${each}`);
      return { units: decision.units, refused, faults };
    } catch (error) {
      const contradictory = error instanceof ConfigError ? namedBy(error, workloads) : [];
      for (const workload of contradictory) refused.set(workload, ['its own contradictions']);
      if (!(error instanceof PlacementError) && contradictory.length === 0)
        return { units: [], refused, faults: [`${name}: placement: ${messageOf(error)}`] };
      const unplaceable = error instanceof PlacementError ? error.unplaceable : [];
      for (const { workload, misses } of unplaceable)
        refused.set(
          workload,
          misses[0]?.because.map(each => each.split(':')[0] ?? '') ?? ['nothing is offered'],
        );
      // All can be served alone, and not together.
      if (unplaceable.length + contradictory.length === 0)
        refused.set(workloads.at(-1)?.name ?? '', ['together']);
      workloads = workloads.filter(each => !refused.has(each.name));
    }
  }
  return { units: [], refused, faults: [] };
}

function faultsOf(environment: Environment, decision: Decision, catalog: Catalog): string[] {
  const lock = parseLock(writeLock(environment, decision), 'test.lock.json', 'place again', catalog);
  const stale = checkLock(environment, lock, catalog).map(each => `lock: ${each}`);
  try {
    synthesise(environment, lock.decision);
    return stale;
  } catch (error) {
    return [...stale, `synthesis: ${messageOf(error)}`];
  }
}

/** Workloads that an error of the input is about. */
function namedBy({ problems }: ConfigError, workloads: EnvironmentInput['workloads']): string[] {
  const indices = problems.map(({ path }) => /^workloads\[(\d+)\]/.exec(path)?.[1]);
  return [...new Set(indices)].flatMap(index => workloads[Number(index ?? NaN)]?.name ?? []);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
