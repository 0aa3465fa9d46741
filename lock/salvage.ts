import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import type { Decision } from '../placement/decision';
import type { DeployedUnit } from '../placement/incumbents';
import type { NamedUnit } from '../placement/unit-ids';
import { deployedUnits, namedUnits, settledConditions, standingUnits } from './conditions';
import type { Conditions, GoingUnit } from './conditions';
import { isConflicted, sidesOf } from './conflict';
import { deployedByVersion1, deployedSchema } from './deployed';
import type { Deployed } from './deployed';
import { deployedByFacts } from './deployed-by-facts';
import type { Lock, Move, Previous } from './lock';
import { LockError } from './lock-error';
import { nameNow } from '../placement/needs';
import { recordedSince } from './recorded-since';
import { factsSchema, goingSchema, lockVersion, moveSchema, venueSchema } from './lock-form';
import { newerText, parseLock, versionOf } from './parse-lock';
import { unitId } from './unit-id';

/** What a new lock takes over from the one that it replaces. */
export interface Salvaged {
  /** What the next lock goes by. */
  readonly previous: Previous;
  /** Units whose ids are kept. */
  readonly named: readonly NamedUnit[];
  /**
   * What is deployed, and stays unless moving pays; empty where the lock could not be read whole.
   * @param conditions of its units. @default - as the lock says
   */
  readonly standing: (environment: Environment, conditions?: Conditions) => readonly DeployedUnit[];
  /** The decision of before, for showing what changes; undefined where not all of it could be read. */
  readonly before: Decision | undefined;
  /** What could not be kept, a sentence each. */
  readonly lost: readonly string[];
}

const unitSchema = z.looseObject({
  id: unitId,
  venue: venueSchema,
  sku: z.string(),
  location: z.string(),
  billing: z.enum(['scheduled', 'spot']).optional().catch(undefined),
  device: z.string().optional().catch(undefined),
  devices: z.array(z.string()).optional().catch(undefined),
  serves: z
    .array(z.looseObject({ model: z.string() }))
    .optional()
    .catch(undefined),
});
const placementSchema = z.looseObject({
  workload: z.string(),
  unit: z.string(),
  venue: venueSchema,
  model: z.string().catch(''),
});
const moneySchema = z.looseObject({ monthlyUsd: z.number() });

/**
 * What can be read of a lock in whatever state it is: whole, of an older form, edited, cut off, or with both sides of a
 * merge in it.
 * @throws {LockError} when a newer Berth wrote it, because what this one does not know would be lost
 */
export function salvage(text: string, source: string, catalog: Catalog): Salvaged {
  try {
    return salvagedWhole(parseLock(text, source, '', catalog));
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
  }
  if (!isConflicted(text)) return salvagedParts(dataOf(text), source, []);
  const [ours, theirs] = sidesOf(text).map(side => ({ ...side, data: dataOf(side.text) }));
  const kept = ours && isObject(ours.data) ? ours : theirs;
  const said = `it has the conflict markers of a merge; names and moves are kept as ${kept?.name ?? 'one side'} has them`;
  try {
    return { ...salvagedWhole(parseLock(kept?.text ?? '', source, '', catalog)), lost: [said] };
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    return salvagedParts(kept?.data, source, [said]);
  }
}

function salvagedWhole(lock: Lock): Salvaged {
  const { decision, going, deployed } = lock;
  return {
    previous: lock,
    named: namedUnits(decision, going, deployed.hosts),
    standing: (environment, conditions = lock) =>
      standingUnits(
        conditions,
        deployedUnits(decision, (unit, placed) =>
          renamed(recordedSince(unit, placed, lock, environment).sizing, environment),
        ),
      ),
    before: decision,
    lost: [],
  };
}

/** What workloads were sized by, under the names that they have now. */
function renamed(sizing: DeployedUnit['sizing'], environment: Environment): DeployedUnit['sizing'] {
  if (!sizing || !('workloads' in sizing)) return sizing;
  const workloads = Object.entries(sizing.workloads).map(
    ([name, figures]) => [nameNow(name, environment), figures] as const,
  );
  return { ...sizing, workloads: Object.fromEntries(workloads) };
}

function salvagedParts(data: unknown, source: string, said: readonly string[]): Salvaged {
  const version = versionOf(data);
  if (version !== undefined && version > lockVersion) throw new LockError([newerText(source, version)]);
  const decision = valueOf(data, 'decision');
  const listed = listOf(valueOf(decision, 'units'), unitSchema);
  const placements = listOf(valueOf(decision, 'placements'), placementSchema);
  const moves = listOf(valueOf(data, 'moves'), moveSchema);
  const going = listOf(valueOf(data, 'going'), goingSchema).read as unknown as GoingUnit[];
  const deployed = deployedOf(data, listed.read as unknown as Decision['units']);
  // A file that was cut off ends in the middle of a list, or before one.
  const ids = new Set(listed.read.map(({ id }) => id));
  const units = { ...listed, whole: listed.whole && placements.read.every(({ unit }) => ids.has(unit)) };
  // Only what its readers use was read; the rest of a unit is shown, never built.
  const read = { units: units.read, placements: placements.read } as unknown as Decision;
  return {
    previous: {
      deployed,
      moves: moves.read as Move[],
      coming: listOf(valueOf(data, 'coming'), unitId).read,
      going,
      decision: { units: read.units.map(({ id }) => ({ id })), placements: read.placements },
    },
    named: namedUnits(read, going, deployed?.hosts),
    standing: () => [],
    before: shownDecision(decision, read, units.whole && placements.whole),
    lost: [
      ...said,
      ...(units.whole ? [] : [lostUnits(units.read.map(({ id }) => id))]),
      ...(placements.whole && moves.whole ? [] : [lostMoves]),
      ...(deployed ? [] : [lostDeployed]),
    ],
  };
}

/** What a lock hands on once it is deployed as it is. */
export function afterDeploy(salvaged: Salvaged): Salvaged {
  return {
    ...salvaged,
    previous: { ...salvaged.previous, ...settledConditions, moves: [] },
    named: salvaged.named.filter(({ goes }) => !goes),
    standing: environment => salvaged.standing(environment, settledConditions),
  };
}

const lostMoves =
  'not every move could be read, and a workload that changes its venue may lose its old place before its new one is there; restore the lock from your version control and place again if one does';
const lostDeployed =
  'what it records of deployed things (deployed) could not be read and is written as for a new environment; if this one is deployed, restore that part from your version control';

function lostUnits(kept: readonly string[]): string {
  const which =
    kept.length === 0
      ? 'no id of a unit could be read; all are named anew'
      : `only the ids ${kept.join(', ')} could be read; the others are named anew`;
  return `${which}, and the plan of the next deploy shows what that changes`;
}

function deployedOf(data: unknown, units: Decision['units']): Deployed | undefined {
  const facts = factsSchema.safeParse(valueOf(data, 'facts')).data;
  const deployed = versionOf(data) === 1 ? deployedByVersion1 : recordedIn(data);
  return deployed && facts ? deployedByFacts(deployed, facts, units) : deployed;
}

function recordedIn(data: unknown): Deployed | undefined {
  // The last thing in a file that was cut off may be cut itself.
  if (isObject(data) && Object.keys(data).at(-1) === 'deployed') return undefined;
  return deployedSchema.safeParse(valueOf(data, 'deployed')).data;
}

function shownDecision(decision: unknown, read: Decision, whole: boolean): Decision | undefined {
  const priced = [...read.units, ...read.placements].every(each => moneySchema.safeParse(each).success);
  const total = moneySchema.safeParse(decision);
  return whole && priced && total.success ? { ...read, monthlyUsd: total.data.monthlyUsd } : undefined;
}

/** The items of a list that can be read; whole when that is all of them. */
function listOf<T>(value: unknown, schema: z.ZodType<T>): { readonly read: T[]; readonly whole: boolean } {
  if (!Array.isArray(value)) return { read: [], whole: false };
  const read = value.flatMap(item => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  return { read, whole: read.length === value.length };
}

/** JSON, or as much of it as there is: YAML's parser goes on behind an error. */
function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return parseDocument(text, { prettyErrors: false, logLevel: 'error' }).toJS({
        maxAliasCount: 0,
      }) as unknown;
    } catch {
      return undefined;
    }
  }
}

function valueOf(data: unknown, key: string): unknown {
  return isObject(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
