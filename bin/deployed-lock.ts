import { LockError, hostOf, hostsOfUnits, lockFile, lockText, successorsOf, writeOutput } from '../config';
import type { GoingUnit, Lock } from '../config';
import { readTextIfThere } from '../config/read-file';
import { hostNameTtlSeconds } from '../limits/host-name';
import { devicesOf } from '../placement/venues/edge/to-unit';
import { isOnAws } from '../stacks/aws-directory';
import { venueStacks } from '../stacks/venues';
import { differences, plain } from '../lock/differences';
import type { PreparedStacks, SettledLock } from './stack-command';

/**
 * The lock by which a deploy builds: of what goes, that which the states hold. The others were let go by a deploy that could
 * not write the lock, or never came; nobody knew that before the states were read.
 * @returns undefined where the lock says so already
 */
export async function onlyHeld(prepared: PreparedStacks): Promise<SettledLock | undefined> {
  const { lock } = prepared;
  const going: GoingUnit[] = [];
  for (const each of lock.going) {
    const held = await isHeld(each, prepared);
    if (held !== false) going.push(held ? { ...each, served: true } : each);
  }
  const next = { ...lock, going };
  return differences(plain(lock), plain(next)).length > 0 ? written(next, prepared) : undefined;
}

/** Undefined where no state tells, such as of the CloudFormation app. */
async function isHeld({ unit }: GoingUnit, prepared: PreparedStacks): Promise<boolean | undefined> {
  const stack = prepared.stacks.find(({ name }) => name === stackOf(unit, prepared));
  const state = stack && !isOnAws(unit) ? await prepared.terraform.state(stack) : undefined;
  return (
    state &&
    holdsPartOf(
      state.resources.map(({ address }) => address),
      unit,
    )
  );
}

/** Whether some of the resources at these addresses are of a unit. */
export function holdsPartOf(addresses: readonly string[], unit: GoingUnit['unit']): boolean {
  const own = 'device' in unit ? devicesOf(unit) : [unit.id];
  // Names of resources are the ids on their path, with underscores between them.
  return addresses.some(address => (address.split('.')[1] ?? '').split('_').some(part => own.includes(part)));
}

/**
 * A lock once all its stacks stand: without what goes and whose successors all serve, and the others serve. Machines on AWS
 * are deployed by another app, of which only the lock tells.
 */
export function onceItStands(lock: Lock): { readonly next: Lock; readonly gone: readonly GoingUnit[] } {
  const isOpen = (id: string): boolean =>
    lock.coming.includes(id) && lock.decision.units.some(unit => unit.id === id && isOnAws(unit));
  const stays = (each: GoingUnit): boolean =>
    isOnAws(each.unit) || successorsOf(each, lock.decision).some(isOpen);
  const placedAt = (workload: string): string =>
    lock.decision.placements.find(each => each.workload === workload)?.unit ?? '';
  const going = lock.going.filter(stays);
  const ids = [...lock.decision.units, ...going.map(({ unit }) => unit)].map(({ id }) => id);
  const next = {
    ...lock,
    coming: lock.coming.filter(isOpen),
    going,
    deployed: { ...lock.deployed, hosts: hostsOfUnits(lock.deployed.hosts, ids) },
    moves: lock.moves.filter(({ workload }) => isOpen(placedAt(workload))),
  };
  return { next, gone: lock.going.filter(each => !stays(each)) };
}

/**
 * Lets go of what goes, now that every stack stands, and callers ask nobody any more who gave a host name away.
 * @param wait waits so many seconds
 * @returns the stacks that lose something
 */
export async function letGo(
  prepared: PreparedStacks,
  wait: (seconds: number) => Promise<void>,
): Promise<string[]> {
  const { lock } = prepared;
  const { next, gone } = onceItStands(lock);
  const known = gone.filter(each => hasGivenItsNameAway(each, lock)).map(({ unit }) => unit.id);
  if (known.length > 0) {
    process.stderr.write(
      `${known.join(', ')}: for ${hostNameTtlSeconds} seconds callers may know where the host name led before, so it goes after that\n`,
    );
    await wait(hostNameTtlSeconds);
  }
  if (differences(plain(lock), plain(next)).length > 0) written(next, prepared);
  for (const { unit } of gone)
    process.stderr.write(`${unit.id}: its successors stand, so it is let go (${unit.model}, ${unit.sku})\n`);
  return [...new Set(gone.map(({ unit }) => stackOf(unit, prepared)))];
}

function hasGivenItsNameAway({ unit }: GoingUnit, { decision, deployed }: Lock): boolean {
  const host = hostOf(unit.id, deployed.hosts);
  return decision.units.some(({ id }) => hostOf(id, deployed.hosts) === host);
}

function stackOf({ venue }: GoingUnit['unit'], { environment }: PreparedStacks): string {
  return `${environment.name}-${venueStacks[venue].role}`;
}

/** @throws {LockError} where somebody placed the environment since the deploy read its lock */
function written(next: Lock, { file, environment, lockText: read }: PreparedStacks): SettledLock {
  if (readTextIfThere(lockFile(file)) !== read)
    throw new LockError([
      `${lockFile(file)}: ${environment.name} was placed again during the deploy, so nothing is let go; deploy again`,
    ]);
  const text = lockText(next);
  writeOutput(lockFile(file), text);
  return { lock: next, lockText: text };
}
