import type { CandidateTableInput, MachineTypeInput, TablePartInput } from '../solver/problem';
import { maxUtilisation, parallelSteps } from '../../sizing';
import type { PoolDemand } from '../../sizing';
import { groupBy } from '../collections';
import type { Assignment, UnitSize } from '../candidate';
import { isFeasible } from '../candidate';
import type { JointProblem } from '../joint/joint-problem';
import { candidateId } from '../joint/joint-problem';
import { hasLimits, judgeCandidate } from '../rules/capacity';
import { nameOf, retirementOf, taskQuality } from '../ties';
import type { Setting } from '../setting';
import { leastShares } from './host-room';
import type { PoolOffer } from './pool-offer';
import { carriesAsMuch, countAt, isInAHurry, columnsAt } from './candidate-columns';
import type { Demand, MachineDemand, CandidateColumns } from './candidate-columns';
import { deployedPool } from './deployed-pool';
import { demandOf } from './size-pool';
import { withoutBeatenParts } from './weights-dominance';
import type { Part } from './weights-dominance';

/** Sizes the machines of one workload alone. */
type SizeAlone<O extends PoolOffer> = (assignment: Assignment<O>) => UnitSize;

/** Weights with what they mean for each workload, which is the same on all machines. */
interface Weights<O extends PoolOffer = PoolOffer> extends Part<O> {
  readonly id: string;
  /** By the index of the workload; NaN for whom a rule keeps from it. */
  readonly quality: Float64Array;
  readonly demands: readonly Demand[];
}

/** Weights on one machine. */
interface Use<O extends PoolOffer = PoolOffer> {
  readonly offer: O;
  readonly weights: Weights<O>;
}

/** Machines, endpoints and devices of one place: every part may stand beside every other on any of its machines. */
export function addMachineCandidates<O extends PoolOffer>(
  joint: JointProblem,
  parts: readonly Part<O>[],
  sizeAlone: SizeAlone<O>,
): void {
  const worthIt = withoutBeatenParts(parts, joint.setting).map(part => weightsOf(part, joint));
  const onMachines = worthIt.flatMap(weights => weights.offers.map(offer => ({ offer, weights })));
  for (const [key, uses] of groupBy(onMachines, ({ offer }) => offer.identity.unitKey))
    addMachine(joint, key, uses, sizeAlone);
}

function weightsOf<O extends PoolOffer>(part: Part<O>, { workloads, setting }: JointProblem): Weights<O> {
  const [offer] = part.offers;
  if (!offer) throw new Error('weights stand on no machine, which is a fault in the placement');
  const quality = new Float64Array(workloads.length).fill(Number.NaN);
  const demands = workloads.flatMap((workload, index): Demand[] => {
    if (!part.allowed.has(workload)) return [];
    quality[index] = taskQuality(offer, workload, setting);
    return [{ workload, index, demand: demandOf({ workload, offer }) }];
  });
  return { ...part, id: `${offer.model} ${offer.quantisation.name}`, quality, demands };
}

/** One kind of pool for each number of parallel sequences that could pay. */
function addMachine<O extends PoolOffer>(
  joint: JointProblem,
  key: string,
  uses: readonly Use<O>[],
  sizeAlone: SizeAlone<O>,
): void {
  const [first] = uses;
  const usdPerCount = first?.offer.terms.usdPerMachine ?? null;
  if (!first || usdPerCount === null) return;
  // The same weights under two names are one part, and the last name counts.
  const parts = [...groupBy(uses, ({ weights }) => weights.id)].map(([id, alike]) => ({ id, alike }));
  const demands = parts.flatMap(({ alike }, part) => demandsOn(alike, part, joint.setting, sizeAlone));
  const shares = leastShares(
    parts.flatMap(({ alike: [use] }) => use?.offer ?? []),
    new Set(demands.map(({ index }) => index)).size,
    joint.setting,
  );
  const kept: CandidateColumns[] = [];
  for (const parallel of parallelSteps) {
    const columns = columnsAt(demands, parallel, shares);
    if (columns.count === 0 || kept.some(fewer => carriesAsMuch(fewer, columns))) continue;
    kept.push(columns);
    const unit = `${key}/${parallel}`;
    const demandAt = demandsById(unit, demands, parts);
    const type = machineTypeOf(joint, unit, first.offer, usdPerCount, parallel, columns, demandAt);
    const table = tableOf(
      unit,
      demands,
      columns,
      parts.map(({ id, alike }) => partOf(id, alike, joint)),
    );
    const offersOf = parts.map(({ alike }) =>
      alike.map(({ offer, weights }) => ({ offer, allowed: weights.allowed })),
    );
    joint.addMachineType(type);
    joint.addCandidates(table, offersOf);
    for (const deployed of joint.setting.incumbents?.ofOffer(first.offer.identity) ?? [])
      joint.addDeployed(deployedPool(deployed, type, table, offersOf), offersOf);
  }
}

function demandsOn<O extends PoolOffer>(
  alike: readonly Use<O>[],
  part: number,
  setting: Setting,
  sizeAlone: SizeAlone<O>,
): MachineDemand[] {
  const demands = new Map<number, MachineDemand>();
  for (const { offer, weights } of alike)
    for (const { workload, index, demand } of weights.demands) {
      // What was measured was measured on one machine.
      const own = workload.pin?.measured ? demandOf({ workload, offer }) : demand;
      if (carries({ workload, offer }, setting, sizeAlone))
        demands.set(index, { workload, index, demand: own, offer, part });
      else demands.delete(index);
    }
  return [...demands.values()];
}

/**
 * What predictions do not tell: what the team measured counts instead of them, and may be too slow; and what a workload
 * limits is judged as on machines of its own.
 */
function carries<O extends PoolOffer>(
  assignment: Assignment<O>,
  setting: Setting,
  sizeAlone: SizeAlone<O>,
): boolean {
  const { workload } = assignment;
  if (!workload.pin?.measured && !hasLimits(workload, setting)) return true;
  const size = sizeAlone(assignment);
  return (
    (!workload.pin?.measured || isFeasible(size)) &&
    judgeCandidate(assignment, () => size, setting).every(({ verdict }) => verdict === 'pass')
  );
}

function partOf(id: string, alike: readonly Use[], { setting }: JointProblem): TablePartInput {
  const [first, ...others] = alike;
  if (!first) throw new Error('a part has no weights, which is a fault in the placement');
  const { offer, weights } = first;
  const quality =
    others.length === 0
      ? weights.quality
      : weights.quality.map(
          (_, i) =>
            alike.findLast(use => !Number.isNaN(use.weights.quality[i]))?.weights.quality[i] ?? Number.NaN,
        );
  return { id, quality, retirement: retirementOf(offer), name: nameOf(offer, setting) };
}

function machineTypeOf(
  joint: JointProblem,
  id: string,
  offer: PoolOffer,
  usdPerCount: number,
  parallel: number,
  { hurried }: CandidateColumns,
  demandAt: DemandAt,
): MachineTypeInput {
  const { most, rented, quota } = offer.terms;
  return {
    id,
    usdPerCount,
    memoryGib: offer.hardware.usableMemoryGib,
    loadPerCount: maxUtilisation,
    maxCount: most,
    copies: rented ? joint.workloads.length : 1,
    // However many sequences it runs, an owned machine is there once.
    ...(rented ? {} : { usesPerCount: [{ quota: joint.quota(offer.identity.unitKey, most), amount: 1 }] }),
    ...(quota ? { usesPerCount: [{ quota: joint.quota(quota.id, quota.most), amount: quota.each }] } : {}),
    ...(hurried ? { countOf: waitingCounts(demandAt, offer, parallel) } : {}),
  };
}

function tableOf(
  machineType: string,
  demands: readonly MachineDemand[],
  { load, partGib, minCount, hurried }: CandidateColumns,
  parts: readonly TablePartInput[],
): CandidateTableInput {
  const fitting = Int32Array.from(demands.keys()).filter(i => !Number.isNaN(load[i]));
  const column = (of: (each: MachineDemand) => number): Int32Array =>
    fitting.map(i => of(demands[i] as MachineDemand));
  const picked = (values: Float64Array): Float64Array => Float64Array.from(fitting, i => values[i] ?? 0);
  return {
    machineType,
    parts,
    workload: column(({ index }) => index),
    part: column(({ part }) => part),
    partGib: picked(partGib),
    load: picked(load),
    ...(minCount.some(count => count > 1) ? { minCount: picked(minCount) } : {}),
    ...(hurried ? { waits: column(each => (isInAHurry(each) ? 1 : 0)) } : {}),
  };
}

/** What the workload of a candidate asks for, by the candidate's id. */
type DemandAt = (id: string) => PoolDemand;

function demandsById(
  unit: string,
  demands: readonly MachineDemand[],
  parts: readonly { readonly id: string }[],
): DemandAt {
  const known = new Map(
    demands.map(({ workload, part, demand }) => [
      candidateId(workload, `${unit}/${parts[part]?.id}`),
      demand,
    ]),
  );
  return id => {
    const demand = known.get(id);
    if (!demand) throw new Error(`${id} is no candidate, which is a fault in the placement`);
    return demand;
  };
}

/** Machines that let no workload wait too long for the others; remembered, because it is asked again and again. */
function waitingCounts(
  demandAt: DemandAt,
  offer: PoolOffer,
  parallel: number,
): (ids: readonly string[]) => number {
  const counts = new Map<string, number>();
  return ids => {
    const sorted = ids.toSorted();
    const asked = sorted.map(demandAt);
    if (!asked.some(demand => isInAHurry({ demand }))) return 1;
    const key = sorted.join();
    const count = counts.get(key) ?? countAt(offer, asked, parallel);
    counts.set(key, count);
    return count;
  };
}
