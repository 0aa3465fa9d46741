import { shown } from '../text/shown';
import { nameMadeFor } from './deployed';
import type { Lock } from './lock';

/** What in a lock does not hold together: names that are there twice, or that nothing answers to. */
export function structureProblems({ decision, facts, moves, deployed, coming, going }: Lock): string[] {
  const units = decision.units.map(({ id }) => id);
  const placed = decision.placements.map(({ workload }) => workload);
  const wanted = Object.keys(facts.workloads);
  const gone = going.map(({ unit }) => unit.id);
  return [
    ...twice(units).map(id => `unit ${id}: its id must be the only one of its kind, got it twice`),
    ...twice(placed).map(
      name => `placement of ${shown(name)}: must be the only one of the workload, got two`,
    ),
    ...decision.placements
      .filter(({ unit }) => !units.includes(unit))
      .map(
        ({ workload, unit }) =>
          `placement of ${shown(workload)}: unit must be one of ${units.join(', ')}, got ${shown(JSON.stringify(unit))}`,
      ),
    ...units
      .filter(id => !decision.placements.some(({ unit }) => unit === id))
      .map(id => `unit ${id}: must serve a workload, got none`),
    ...wanted
      .filter(name => !placed.includes(name))
      .map(name => `facts.workloads.${shown(name)}: must have a placement, got none`),
    ...placed
      .filter(name => !wanted.includes(name))
      .map(name => `placement of ${shown(name)}: must be of a workload of the facts, got another`),
    ...twice(coming).map(id => `coming: must name ${id} once, got it twice`),
    ...coming
      .filter(id => !units.includes(id))
      .map(id => `coming: must be of units of the decision (${units.join(', ')}), got ${id}`),
    ...twice([...gone, ...units.filter(id => gone.includes(id))]).map(
      id => `going: ${id} must be the id of one unit, got it twice`,
    ),
    ...Object.keys(deployed.workloads ?? {})
      .filter(name => !wanted.includes(name))
      .map(name => `deployed.workloads.${shown(name)}: must be a workload of the facts, got another`),
    ...twice(wanted.map(name => nameMadeFor(name, deployed))).map(
      name => `deployed.workloads: ${shown(name)} must be the name of one workload, got it twice`,
    ),
    ...twice(moves.map(({ workload, from }) => `${workload} from ${from}`)).map(
      move => `moves: must name ${shown(move)} once, got it twice`,
    ),
    ...moves.flatMap(move => moveProblems(move, decision)),
  ];
}

function moveProblems({ workload, from, to }: Lock['moves'][number], { placements }: Lock['decision']) {
  const venue = placements.find(placement => placement.workload === workload)?.venue;
  if (venue === undefined)
    return [`moves: must be of workloads that have a placement, got ${shown(JSON.stringify(workload))}`];
  return [
    ...(to === venue ? [] : [`moves: ${workload} must move to ${venue}, where it is placed, got ${to}`]),
    ...(from === to ? [`moves: ${workload} must come from another venue than ${to}, got the same`] : []),
  ];
}

/** Each value that is there more than once. */
function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) < i))];
}
