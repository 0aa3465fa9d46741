import { isDeepStrictEqual } from 'node:util';
import type { Operation, SimulatedResource } from '../simulation';
import { outputsOf, stateObjects } from './snapshot';
import type { Snapshot } from './snapshot';

/** What a deploy that failed and was run again has come to. */
interface Ending {
  /** What a deploy without faults comes to. */
  readonly wanted: Snapshot;
  readonly reached: Snapshot;
  /** Writes of all runs, in order. */
  readonly operations: readonly Operation[];
}

/** What is wrong with an ending; empty when it is as good as that of a deploy without faults. */
export function problemsOf({ wanted, reached, operations }: Ending): string[] {
  return [
    ...createdTwice(operations),
    ...disagreements(reached),
    ...differences(wanted.resources, reached.resources),
    ...(isDeepStrictEqual(wanted.softDeleted, reached.softDeleted)
      ? []
      : ['other names are kept in soft delete than without faults']),
    ...(isDeepStrictEqual(outputsOf(wanted.states), outputsOf(reached.states))
      ? []
      : ['the outputs differ from those of a deploy without faults']),
  ];
}

/** Every create after which no delete came before the next create of the same resource. */
function createdTwice(operations: readonly Operation[]): string[] {
  const there = new Set<string>();
  const twice: string[] = [];
  for (const { action, type, id, outcome } of operations) {
    const key = keyOf({ type, id });
    if (outcome === 'failed' || action === 'update') continue;
    if (action === 'delete') there.delete(key);
    else if (there.has(key)) twice.push(`created twice: ${key}`);
    else there.add(key);
  }
  return twice;
}

/** Resources that only Azure or only a state knows. */
function disagreements({ resources, states }: Snapshot): string[] {
  const inAzure = new Set(resources.map(keyOf));
  const inState = new Set(stateObjects(states).map(keyOf));
  return [
    ...[...inAzure].filter(key => !inState.has(key)).map(key => `orphaned, in Azure and in no state: ${key}`),
    ...[...inState].filter(key => !inAzure.has(key)).map(key => `in a state and not in Azure: ${key}`),
  ];
}

function differences(wanted: readonly SimulatedResource[], reached: readonly SimulatedResource[]): string[] {
  const expected = new Map(wanted.map(resource => [keyOf(resource), resource]));
  const found = new Map(reached.map(resource => [keyOf(resource), resource]));
  return [
    ...[...expected.keys()].filter(key => !found.has(key)).map(key => `missing: ${key}`),
    ...[...found].flatMap(([key, resource]) => {
      const other = expected.get(key);
      if (!other) return [`not there without faults: ${key}`];
      return isDeepStrictEqual(other.attributes, resource.attributes)
        ? []
        : [`other attributes than without faults: ${key}`];
    }),
  ];
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type} ${id}`.toLowerCase();
}
