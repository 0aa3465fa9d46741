import type { Assignment, UnitSize } from './candidate';
import { judgeCandidate } from './rules/capacity';
import type { Setting } from './setting';
import type { UnitPrices } from './unit';
import { venueOf } from './venues';

/**
 * Sizes the unit that all these workloads share. Their offers have the same unit key. What a workload limits is judged as
 * on a unit of its own, whoever shares this one.
 * @param recorded prices that its cost comes from. @default - those of the catalogue
 */
export function sizeUnit(
  assignments: readonly Assignment[],
  setting: Setting,
  recorded?: UnitPrices,
): UnitSize {
  const [first] = assignments;
  if (!first) throw new Error('a unit for nobody is asked for, which is a fault in the placement');
  const { candidates } = venueOf(first.offer);
  const size = candidates.size(assignments, setting, recorded);
  const limits = assignments.flatMap(each => {
    const alone = () => (assignments.length === 1 ? size : candidates.size([each], setting));
    return judgeCandidate(each, alone, setting);
  });
  return limits.length > 0 ? { ...size, verdicts: [...size.verdicts, ...limits] } : size;
}
