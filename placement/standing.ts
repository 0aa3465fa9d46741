import { isFeasible } from './candidate';
import type { Assignment } from './candidate';
import { compare } from './collections';
import { candidateOf } from './evaluate';
import { holds } from './incumbents';
import type { DeployedUnit } from './incumbents';
import { nameNow, workloadNow } from './needs';
import type { Offer } from './offer';
import { judgeOffer } from './rules';
import type { Setting } from './setting';
import { sizeUnit } from './units';

/**
 * Units of which each workload has one: of a workload on its way, the unit that serves, where it may stay there, or else the one that
 * comes. @param offers all that there are
 */
export function standingOf(
  deployed: readonly DeployedUnit[],
  offers: readonly Offer[],
  setting: Setting,
): DeployedUnit[] {
  const coming = namesOn(deployed.filter(({ comes }) => comes));
  const stays = (unit: DeployedUnit, name: string): boolean => {
    const assignment = assignmentOf(unit, name, offers, setting);
    return assignment !== undefined && candidateOf(assignment.offer, assignment.workload, setting).feasible;
  };
  const staying = new Set(
    deployed
      .filter(({ comes }) => !comes)
      .flatMap(unit =>
        unit.placements.map(each => each.workload).filter(name => coming.has(name) && stays(unit, name)),
      ),
  );
  return deployed.flatMap(({ comes = false, ...unit }) => {
    const placements = unit.placements.filter(
      ({ workload }) => !coming.has(workload) || comes !== staying.has(workload),
    );
    return placements.length > 0 ? [{ ...unit, placements }] : [];
  });
}

/**
 * Machines that tables of today find too slow for what they serve and were sized for, and that by what was recorded then are not: as they
 * are, with all that is on them. @param names workloads that have no place otherwise
 */
export function keptAsTheyAre(
  names: ReadonlySet<string>,
  offers: readonly Offer[],
  setting: Setting,
): Assignment[][] {
  const { units = [] } = setting.incumbents ?? {};
  return units
    .filter(({ placements }) =>
      placements.some(({ workload }) => names.has(nameNow(workload, setting.environment))),
    )
    .flatMap(unit => {
      const members = unit.placements.map(({ workload }) => assignmentOf(unit, workload, offers, setting));
      const all = members.flatMap(each => each ?? []);
      return all.length === members.length && mayBeKept(unit, all, setting)
        ? [all.toSorted((a, b) => compare(a.workload.name, b.workload.name))]
        : [];
    });
}

function mayBeKept(
  { unit, sizing }: DeployedUnit,
  members: readonly Assignment[],
  setting: Setting,
): boolean {
  if (!sizing) return false;
  const size = sizeUnit(members, setting, { sizing });
  return (
    isFeasible(size) &&
    size.count === unit.count &&
    members.every(({ workload, offer }) =>
      judgeOffer(offer, workload, setting).every(({ verdict }) => verdict === 'pass'),
    )
  );
}

/** A workload where a unit has it; undefined where nothing offers that any more, or nobody asks for it. */
function assignmentOf(
  unit: DeployedUnit,
  name: string,
  offers: readonly Offer[],
  setting: Setting,
): Assignment | undefined {
  const workload = workloadNow(name, setting.environment);
  const model = unit.placements.find(each => each.workload === name)?.model;
  const offer = offers.find(each => each.model === model && holds(unit, each));
  return workload && offer ? { workload, offer } : undefined;
}

function namesOn(units: readonly DeployedUnit[]): Set<string> {
  return new Set(units.flatMap(({ placements }) => placements.map(({ workload }) => workload)));
}
