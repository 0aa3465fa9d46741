import type { Fault } from '../../rehearsal/run';
import type { Refusal } from './state-server';

/** When a deploy of a stack fails. */
export const moments = [
  /** Its state cannot be reached, so that Terraform cannot be initialised. */
  'init',
  /** Somebody else has taken the lock since Berth has looked. */
  'lock',
  /** Its state cannot be read once it is locked, so that nothing can be planned. */
  'plan',
  /** At the first, the middle and the last thing that it makes; the last is what all else was made for. */
  'first',
  'middle',
  'last',
  /** All is made, and its state cannot be written. */
  'save',
] as const;

type Moment = (typeof moments)[number];

/** Which stacks fail in a deploy, and when; the others do not. */
export type Failing = ReadonlyMap<string, Moment>;

/** What each stack creates in Azure, in order, as `<type> <id>`; a stack of devices nothing. */
export type Made = ReadonlyMap<string, readonly string[]>;

/** Failures of the simulated Azure for those stacks that fail while they make something. */
export function faultsOf(failing: Failing, made: Made): Fault[] {
  return [...failing].flatMap(([stack, moment]) => {
    const resources = made.get(stack) ?? [];
    const resource = {
      first: resources[0],
      middle: resources[Math.floor(resources.length / 2)],
      last: resources.at(-1),
    }[moment as string];
    return resource === undefined ? [] : [{ name: 'server-error', resource, action: 'create' } as const];
  });
}

/** How long a failure waits for other stacks to be at work. Unit: milliseconds. */
const patienceMs = 20_000;

/**
 * Failures of the store of states. They wait until another stack is at work, as does the end of a stack that failed in Azure: whatever
 * would end that one must show.
 * @param hasCompany whether another one can be
 */
export function refusalOf(failing: Failing, hasCompany: (stack: string) => boolean): Refusal {
  const seen = new Map<string, number>();
  return async ({ state, method, locked }, others) => {
    const key = `${state} ${method}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const count = (asked: string): number => seen.get(`${state} ${asked}`) ?? 0;
    const moment = failing.get(state);
    if (moment === undefined || !strikes[moment](method, locked, count('LOCK'))) return undefined;
    // Before the first deploy Berth itself has asked, when nothing runs yet.
    const end = Date.now() + (moment === 'init' && count('GET') === 1 ? 0 : patienceMs);
    while (hasCompany(state) && others() === 0 && Date.now() < end)
      await new Promise(done => setTimeout(done, 20));
    return answers[moment];
  };
}

/** Berth itself takes each lock once, to see whether it is free. */
const ownLocks = 1;

/** Whether a request is the one that a moment is about. */
const strikes: Readonly<Record<Moment, (method: string, locked: boolean, locks: number) => boolean>> = {
  init: (method, locked) => method === 'GET' && !locked,
  lock: (method, _, locks) => method === 'LOCK' && locks > ownLocks,
  plan: (method, locked, locks) => method === 'GET' && locked && locks > ownLocks,
  first: hasFailed,
  middle: hasFailed,
  last: hasFailed,
  save: method => method === 'POST',
};

/** What the store says then; undefined does what was asked, where the failure is Azure's. */
const answers: Readonly<Partial<Record<Moment, number>>> = { init: 403, lock: 423, plan: 403, save: 403 };

/** Terraform gives the lock back when it is done. */
function hasFailed(method: string, _locked: boolean, locks: number): boolean {
  return method === 'UNLOCK' && locks > ownLocks;
}
