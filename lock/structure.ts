import type { Finding } from '../config/parse/problem';
import { shown } from '../text/shown';
import { nameMadeFor } from './deployed';
import type { Deployed } from './deployed';
import { hostOf } from './host-addresses';
import type { Lock } from './lock';

/** What in a lock does not hold together: names that are there twice, or that nothing answers to. */
export function structureProblems(lock: Lock): Finding[] {
  const units = lock.decision.units.map(({ id }) => id);
  const wanted = Object.keys(lock.facts.workloads);
  return [
    ...decisionProblems(lock, units, wanted),
    ...conditionProblems(lock, units, wanted),
    ...moveProblems(lock),
  ];
}

/** Units, placements and workloads answer to each other. */
function decisionProblems(
  { decision }: Lock,
  units: readonly string[],
  wanted: readonly string[],
): Finding[] {
  const placed = decision.placements.map(({ workload }) => workload);
  return [
    ...twice(units).map(id => ({
      path: ['decision', 'units', units.lastIndexOf(id), 'id'],
      message: `unit ${id}: its id must be the only one of its kind, got it twice`,
    })),
    ...twice(placed).map(name => ({
      path: ['decision', 'placements', placed.lastIndexOf(name), 'workload'],
      message: `placement of ${shown(name)}: must be the only one of the workload, got two`,
    })),
    ...decision.placements.flatMap(({ workload, unit }, i) =>
      units.includes(unit)
        ? []
        : {
            path: ['decision', 'placements', i, 'unit'],
            message: `placement of ${shown(workload)}: unit must be one of ${units.join(', ')}, got ${shown(JSON.stringify(unit))}`,
          },
    ),
    ...units.flatMap((id, i) =>
      decision.placements.some(({ unit }) => unit === id)
        ? []
        : { path: ['decision', 'units', i], message: `unit ${id}: must serve a workload, got none` },
    ),
    ...wanted
      .filter(name => !placed.includes(name))
      .map(name => ({
        path: ['facts', 'workloads', name],
        message: `facts.workloads.${shown(name)}: must have a placement, got none`,
      })),
    ...placed.flatMap((name, i) =>
      wanted.includes(name)
        ? []
        : {
            path: ['decision', 'placements', i, 'workload'],
            message: `placement of ${shown(name)}: must be of a workload of the facts, got another`,
          },
    ),
  ];
}

/** What is deployed, comes and goes is of the units and workloads that there are. */
function conditionProblems(
  { deployed, coming, going }: Lock,
  units: readonly string[],
  wanted: readonly string[],
): Finding[] {
  const gone = going.map(({ unit }) => unit.id);
  return [
    ...twice(coming).map(id => ({
      path: ['coming', coming.lastIndexOf(id)],
      message: `coming: must name ${id} once, got it twice`,
    })),
    ...coming.flatMap((id, i) =>
      units.includes(id)
        ? []
        : {
            path: ['coming', i],
            message: `coming: must be of units of the decision (${units.join(', ')}), got ${id}`,
          },
    ),
    ...twice([...gone, ...units.filter(id => gone.includes(id))]).map(id => ({
      path: ['going', gone.lastIndexOf(id), 'unit', 'id'],
      message: `going: ${id} must be the id of one unit, got it twice`,
    })),
    ...Object.keys(deployed.workloads ?? {})
      .filter(name => !wanted.includes(name))
      .map(name => ({
        path: ['deployed', 'workloads', name],
        message: `deployed.workloads.${shown(name)}: must be a workload of the facts, got another`,
      })),
    ...twice(wanted.map(name => nameMadeFor(name, deployed))).map(name => ({
      path: ['deployed', 'workloads'],
      message: `deployed.workloads: ${shown(name)} must be the name of one workload, got it twice`,
    })),
    ...hostProblems(deployed.hosts, units, gone),
  ];
}

/** Each host name leads to one unit. */
function hostProblems(
  hosts: Deployed['hosts'] = {},
  units: readonly string[],
  gone: readonly string[],
): Finding[] {
  return [
    ...Object.keys(hosts)
      .filter(id => !units.includes(id) && !gone.includes(id))
      .map(id => ({
        path: ['deployed', 'hosts', id],
        message: `deployed.hosts.${id}: must be a unit that is there or goes, got another`,
      })),
    ...twice(units.map(id => hostOf(id, hosts))).map(host => ({
      path: ['deployed', 'hosts'],
      message: `deployed.hosts: ${host} must be the host of one unit, got two`,
    })),
  ];
}

function moveProblems({ moves, decision }: Lock): Finding[] {
  const texts = moves.map(({ workload, from }) => `${workload} from ${from}`);
  return [
    ...twice(texts).map(text => ({
      path: ['moves', texts.lastIndexOf(text)],
      message: `moves: must name ${shown(text)} once, got it twice`,
    })),
    ...moves.flatMap((move, i) =>
      wrongMove(move, decision).map(message => ({ path: ['moves', i], message })),
    ),
  ];
}

function wrongMove({ workload, from, to }: Lock['moves'][number], { placements }: Lock['decision']) {
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
