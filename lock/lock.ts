import { z } from 'zod';
import type { Decision, Venue } from '../placement/decision';
import type { Environment } from '../config/environment';
import { factsOf } from './facts';
import type { EnvironmentFacts } from './facts';
import { LockError } from './lock-error';

/** Version of the file's form. */
const lockVersion = 1;

/** A workload that a placement took to another venue than the one before. */
export interface Move {
  readonly workload: string;
  readonly from: Venue;
  readonly to: Venue;
}

/** What is committed beside an environment, reviewed, and built. */
export interface Lock {
  /** What the decision was made for; a check tells by it what moved. */
  readonly facts: EnvironmentFacts;
  /** Workloads that this placement moved; their old place goes after the new one is there. */
  readonly moves: readonly Move[];
  /** Without alternatives: those are for explaining, and change with every price. */
  readonly decision: Decision;
}

const venue = z.enum(['hosted', 'catalog', 'vm', 'cluster', 'edge']);

/** The form of the file, as far as reading it needs; the decision itself is written by Berth alone. */
const lockSchema = z.strictObject({
  lockVersion: z.literal(lockVersion),
  moves: z.array(z.strictObject({ workload: z.string(), from: venue, to: venue })),
  decision: z.looseObject({
    environment: z.string(),
    asOf: z.string(),
    monthlyUsd: z.number(),
    units: z.array(z.looseObject({ id: z.string(), venue, monthlyUsd: z.number() })),
    placements: z.array(
      z.looseObject({
        workload: z.string(),
        unit: z.string(),
        venue,
        model: z.string(),
        monthlyUsd: z.number(),
        reasons: z.array(z.looseObject({ rule: z.string(), message: z.string() })),
        alternatives: z.array(z.unknown()),
      }),
    ),
  }),
  facts: z.strictObject({
    environment: z.record(z.string(), z.unknown()),
    workloads: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

/** Text of a lock: the same to the byte for an equal decision. @param previous the lock that it replaces */
export function writeLock(environment: Environment, decision: Decision, previous?: Lock): string {
  const placements = decision.placements.map(placement => ({ ...placement, alternatives: [] }));
  const moves = previous ? movesBetween(previous.decision, decision) : [];
  const lock = { lockVersion, moves, decision: { ...decision, placements }, facts: factsOf(environment) };
  return `${JSON.stringify(sorted(lock), null, 2)}\n`;
}

/**
 * A lock from its text.
 * @throws {LockError} when it is no lock of this version
 */
export function parseLock(text: string, source: string): Lock {
  const parsed = lockSchema.safeParse(json(text, source));
  if (!parsed.success) {
    const where = parsed.error.issues
      .map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
      .join('; ');
    throw new LockError([
      `${source}: a lock of version ${lockVersion} is needed, got one with errors (${where}); place the environment again`,
    ]);
  }
  // The form above was checked; the rest of a decision is as `writeLock` wrote it, and reviewed like code.
  return parsed.data as unknown as Lock;
}

/** Workloads in both decisions whose venue differs, by name. */
export function movesBetween(before: Decision, after: Decision): Move[] {
  return after.placements.flatMap(({ workload, venue: to }) => {
    const from = before.placements.find(placement => placement.workload === workload)?.venue;
    return from === undefined || from === to ? [] : [{ workload, from, to }];
  });
}

function json(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LockError([
      `${source}: JSON is needed, got an error: ${String(error)}; place the environment again`,
    ]);
  }
}

/** Keys in the order of the alphabet, at every level; lists stay as they are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
