import { holds } from '../incumbents';
import type { DeployedUnit } from '../incumbents';
import type { DeployedPool } from '../joint/joint-problem';
import type { CandidateTableInput, MachineTypeInput } from '../solver/problem';
import type { PoolOffer } from './pool-offer';

/** A pool that is deployed: whoever runs on what it has loaded may be in it. */
export function deployedPool(
  unit: DeployedUnit,
  type: MachineTypeInput,
  table: CandidateTableInput,
  offersOf: readonly (readonly { readonly offer: PoolOffer }[])[],
): DeployedPool {
  const id = `${type.id} of ${unit.unit.id}`;
  const isLoaded = offersOf.map(alike => alike.some(({ offer }) => holds(unit, offer)));
  const rows = Int32Array.from(table.workload, (_, row) => row).filter(
    row => isLoaded[table.part[row] ?? -1],
  );
  const picked = (column: ArrayLike<number>): Float64Array =>
    Float64Array.from(rows, row => column[row] ?? 0);
  return {
    unit,
    type: { ...type, id, copies: 1, ...(type.countOf ? { countOf: countOfType(type, id) } : {}) },
    table: {
      machineType: id,
      parts: table.parts,
      workload: picked(table.workload),
      part: picked(table.part),
      partGib: picked(table.partGib),
      load: picked(table.load),
      ...(table.minCount ? { minCount: picked(table.minCount) } : {}),
      ...(table.waits ? { waits: picked(table.waits) } : {}),
    },
  };
}

/** Machines that candidates need, who stand on another type of the same machines. */
function countOfType({ id: type, countOf }: MachineTypeInput, id: string): MachineTypeInput['countOf'] {
  return candidates => countOf?.(candidates.map(each => each.replace(`@${id}/`, `@${type}/`))) ?? 1;
}
