import type { GoingUnit, Lock } from '../config';
import { successorsOf } from '../config';
import { whereText } from '../lock/where-text';
import { effectsOf, Rehearsal, said } from '../rehearsal/run';
import type { Effect, ProgressListener, StackResult } from '../rehearsal/run';
import type { ModelDirectory } from '../stacks';
import { isOnAws } from '../stacks/aws-directory';
import { BerthError } from '../text/berth-error';
import { onceItStands } from './deployed-lock';
import type { RehearsedEnvironment } from './rehearsed-environment';

/** The address of a workload in both; null where it has none. */
interface AddressChange {
  readonly workload: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A unit that a deploy lets go, as a reader knows it. */
export interface LetGo {
  readonly unit: string;
  /** Venue, model, SKU and location. */
  readonly what: string;
  /** Ids of the units that serve its workloads then. */
  readonly successors: readonly string[];
}

/** What a deploy of a lock would do to what another one deployed. */
export interface RehearsedDeploys {
  /** Of its first step, in which all that is wanted is made to stand. */
  readonly effects: readonly Effect[];
  /** What its second step lets go, once that is so. */
  readonly letGo: readonly LetGo[];
  /** Of its second step. */
  readonly later: readonly Effect[];
  readonly addresses: readonly AddressChange[];
  /** What the deploy would fail of. */
  readonly failures: readonly string[];
  /** What it does not tell, a sentence each. */
  readonly notes: readonly string[];
}

/** Thrown when what is compared with cannot be deployed, so that nothing can be said. */
class NoBase extends BerthError {
  readonly kind = 'input';
}

/**
 * Deploys one over the other in both steps of `berth deploy`.
 * @param before undefined where nothing is deployed
 */
export async function rehearsedDeploys(
  before: RehearsedEnvironment | undefined,
  now: RehearsedEnvironment,
  onProgress?: ProgressListener,
): Promise<RehearsedDeploys> {
  const locks = locksOf(before?.lock, now.lock);
  const { next, gone } = onceItStands(locks.now);
  const target = now.targetOf(locks.now);
  const rehearsal = await Rehearsal.open(before && locks.before ? before.targetOf(locks.before) : target, {
    fixtures: { ...before?.fixtures, ...now.fixtures },
    existing: [...new Set([...(before?.existing ?? []), ...now.existing])],
    ...(onProgress ? { onProgress } : {}),
  });
  try {
    if (before) {
      const failed = failuresOf(await rehearsal.deploy());
      if (failed.length > 0)
        throw new NoBase(`what it is compared with cannot be deployed:\n  ${failed.join('\n  ')}`);
      await rehearsal.use(target);
    }
    const first = await rehearsal.deploy();
    const addresses = addressChanges(before?.directory() ?? {}, now.directory());
    const letsGo = gone.length > 0 && first.every(({ ok }) => ok);
    if (letsGo) await rehearsal.use(now.targetOf(next));
    const second = letsGo ? await rehearsal.deploy() : [];
    return {
      effects: effectsOf(first),
      letGo: gone.map(each => letGoOf(each, locks.now)),
      later: effectsOf(second),
      addresses,
      failures: failuresOf([...first, ...second]),
      notes: notesOf(before?.lock, now.lock),
    };
  } finally {
    await rehearsal.close();
  }
}

/**
 * What goes in both went before, which was shown then, and nobody knows whether it still stands: it is in neither. Of what
 * else goes, a deploy builds what stands, which here is what the lock before builds.
 */
function locksOf(
  before: Lock | undefined,
  now: Lock,
): { readonly before: Lock | undefined; readonly now: Lock } {
  const both = goesInBoth(before, now);
  const base = before && { ...before, going: before.going.filter(({ unit }) => !both.includes(unit.id)) };
  const stands = [
    ...(base?.decision.units ?? []),
    ...(base?.going ?? []).flatMap(({ unit, served }) => (served ? unit : [])),
  ].map(({ id }) => id);
  const held = now.going.filter(({ unit }) => stands.includes(unit.id));
  return { before: base, now: { ...now, going: held.map(each => ({ ...each, served: true })) } };
}

function goesInBoth(before: Lock | undefined, now: Lock): string[] {
  const went = before?.going.map(({ unit }) => unit.id) ?? [];
  return now.going.map(({ unit }) => unit.id).filter(id => went.includes(id));
}

function notesOf(before: Lock | undefined, now: Lock): string[] {
  const units = [before, now].flatMap(lock => lock?.decision.units ?? []);
  const still = goesInBoth(before, now);
  return [
    ...still.map(id => `${id}: it went before, and a deploy that finds it lets it go`),
    ...(units.some(isOnAws)
      ? [`machines on AWS are in another app: npx cdk diff ${now.decision.environment}-hosts-aws`]
      : []),
  ];
}

function letGoOf(going: GoingUnit, { decision }: Lock): LetGo {
  const { unit } = going;
  return { unit: unit.id, what: whereText(unit), successors: successorsOf(going, decision) };
}

function failuresOf(results: readonly StackResult[]): string[] {
  return results.flatMap(({ name, ok, skipped, diagnostics }) => {
    if (ok) return [];
    if (skipped) return [`${name}: it is not tried, because a stack that it needs fails`];
    return errorsOf({ name, diagnostics });
  });
}

/** The errors of a stack, a sentence each. */
export function errorsOf({ name, diagnostics }: Pick<StackResult, 'name' | 'diagnostics'>): string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(each => `${name}: ${said(each)}`);
}

/** Workloads whose address changes from one directory to the other. */
export function addressChanges(before: ModelDirectory, after: ModelDirectory): AddressChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap(workload => {
    const [old, now] = [before, after].map(directory => addressText(directory[workload]));
    return old === now ? [] : [{ workload, before: old ?? null, after: now ?? null }];
  });
}

/** All that a caller has to know. */
function addressText(address: ModelDirectory[string] | undefined): string | undefined {
  if (!address) return undefined;
  const { baseUrl, model, keySource } = address;
  return [baseUrl, `model ${model}`, ...(keySource === undefined ? [] : [`key in ${keySource}`])].join(', ');
}
