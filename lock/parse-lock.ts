import type { Catalog } from '../catalog';
import { findingsOfSchema } from '../config/parse/schema-problems';
import { locateInJson, positionAt } from '../config/parse/position';
import { ConfigError, problemsAt } from '../config/parse/problem';
import type { Position } from '../config/parse/problem';
import { shown } from '../text/shown';
import { deployedByFacts } from './deployed-by-facts';
import type { Environment } from '../config/environment';
import { environmentOfFacts } from './facts';
import type { EnvironmentFacts } from './facts';
import type { Lock } from './lock';
import { LockError } from './lock-error';
import { lockSchema, lockVersion } from './lock-form';
import type { LockForm } from './lock-form';
import { fromVersion1, version1Schema } from './version-1';
import { fromVersion2, version2Schema } from './version-2';
import { fromVersion3, version3Schema } from './version-3';

/**
 * A lock from its text.
 * @param again what to do with a lock that cannot be used, the end of a sentence
 * @param catalog for the prices that a lock of version 1 does not record
 * @throws {LockError} when it is no lock that this Berth reads, with everything that is wrong with its form
 */
export function parseLock(text: string, source: string, again: string, catalog: Catalog): Lock {
  const input = current(json(text, source, again), source, again, catalog);
  const parsed = lockSchema.safeParse(input);
  if (!parsed.success) {
    const findings = findingsOfSchema(lockSchema, input, parsed.error.issues);
    throw new LockError([
      ...problemsAt(input, findings, source, locateInJson(text)),
      `${source}: it is no lock of version ${lockVersion}; ${again}`,
    ]);
  }
  return lockOf(parsed.data);
}

/** The value of a lock whose form was checked. */
function lockOf({ serial, facts, moves, coming, going, deployed, decision: form }: LockForm): Lock {
  const placements = form.placements.map(placement => ({ ...placement, reasons: [], alternatives: [] }));
  // The rest of a unit is as its offer and size give it, or the check refuses it.
  const decision = { ...form, placements } as unknown as Lock['decision'];
  const held = going.map(({ unit, placements: placed, served }) => ({ unit, placements: placed, served }));
  return {
    ...(serial === undefined ? {} : { serial }),
    facts,
    moves,
    coming,
    going: held as unknown as Lock['going'],
    deployed: deployedByFacts(deployed, facts, decision.units),
    decision,
  };
}

/** Raw data in today's form. */
function current(input: unknown, source: string, again: string, catalog: Catalog): unknown {
  const version = versionOf(input);
  if (version !== undefined && version > lockVersion) throw new LockError([newerText(source, version)]);
  if (version !== 1 && version !== 2 && version !== 3) return input;
  const old = version === 1 ? ofVersion1 : version === 2 ? ofVersion2 : undefined;
  const migrated = ofVersion3(old ? old(input, source, catalog) : input, source, catalog);
  if (migrated !== undefined) return migrated;
  const written = version === 1 ? 'release 0.1' : `a Berth of version ${version}`;
  throw new LockError([`${source}: it is no lock as ${written} wrote it; ${again}`]);
}

function ofVersion1(input: unknown, source: string, catalog: Catalog): unknown {
  const { data } = version1Schema.safeParse(input);
  const environment = environmentOf(data?.facts, source);
  return data && environment && fromVersion1(data, environment, catalog);
}

function ofVersion2(input: unknown, source: string, catalog: Catalog): unknown {
  const { data } = version2Schema.safeParse(input);
  const environment = environmentOf(data?.facts, source);
  return data && environment && fromVersion2(data, environment, catalog);
}

function ofVersion3(input: unknown, source: string, catalog: Catalog): unknown {
  const { data } = version3Schema.safeParse(input);
  const environment = environmentOf(data?.facts, source);
  return data && environment && fromVersion3(data, environment, catalog);
}

/** Undefined where the facts are of no environment. */
function environmentOf(facts: EnvironmentFacts | undefined, source: string): Environment | undefined {
  try {
    return facts && environmentOfFacts(facts, source);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** The version that raw data says it has. */
export function versionOf(input: unknown): number | undefined {
  const version = typeof input === 'object' && input !== null && 'lockVersion' in input && input.lockVersion;
  return typeof version === 'number' ? version : undefined;
}

/** What is said of a lock that this Berth is too old for. */
export function newerText(source: string, version: number): string {
  return `${source}: a newer Berth wrote this lock (version ${version}), and this one reads up to version ${lockVersion}: upgrade cdktf-berth, or take the lock from before from your version control`;
}

function json(text: string, source: string, again: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message, ...position } = unreadable(text, error);
    throw new LockError([{ source, path: '', ...position, message: `${message}; ${again}` }]);
  }
}

const conflictMarker = /^(<{7}|={7}|>{7})(?= |\r?$)/m;

function unreadable(text: string, error: unknown): { readonly message: string } & Partial<Position> {
  if (text.trim() === '') return { message: 'the lock is empty' };
  const marker = conflictMarker.exec(text);
  if (marker)
    return { message: 'the lock has the conflict markers of a merge', ...positionAt(text, marker.index) };
  const said = error instanceof Error ? error.message : String(error);
  const at = offsetIn(said, text);
  return {
    message: `JSON is needed, got an error: ${shown(said, 200)}`,
    ...(at === undefined ? {} : positionAt(text, at)),
  };
}

/** Where reading JSON ended, as far as the engine says it: newer ones quote what stands there instead. */
function offsetIn(said: string, text: string): number | undefined {
  const at = /at position (\d+)/.exec(said)?.[1];
  if (at !== undefined) return Number(at);
  return said.startsWith('Unexpected end') ? text.trimEnd().length : undefined;
}
