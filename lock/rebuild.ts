import type { Placement, Unit } from '../placement/decision';
import { sizeUnit } from '../placement/units';
import type { Assignment, Recorded, UnitSize } from '../placement/candidate';
import type { Offer } from '../placement/offer';
import type { Setting } from '../placement/setting';
import { unitOf } from '../placement/units';
import { differencesOf } from './differences';

/** A unit as its offer and its size give it, with nothing taken from the lock but the id, prices and the figures of its size. */
export interface Rebuilt {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly assignments: readonly Assignment[];
}

/** What of a placement says which offer it stands on. */
type Placed = Pick<Placement, 'workload' | 'model'>;

/** Rebuilds are sized, so only so many ways to read a unit are tried. */
const mostReadings = 64;

/**
 * The unit that the setting gives for what the lock says of this one.
 * @param placed the placements on it whose workloads the setting has, at least one
 * @param recorded what counts as it was. @default - all that the unit records
 * @returns undefined where the setting offers nothing of the unit's own with these models
 */
export function rebuildUnit(
  unit: Unit,
  placed: readonly Placed[],
  offers: readonly Offer[],
  setting: Setting,
  recorded: Recorded = recordedOf(unit),
): Rebuilt | undefined {
  const rebuilt = readingsOf(unit, placed, offers, setting).map((assignments): Rebuilt => {
    const size = sizeUnit(assignments, setting, recorded);
    return { assignments, size, unit: unitOf(unit.id, assignments, size) };
  });
  // Where one model stands in two files, only the reading that the unit itself came from gives it back.
  return leastBy(rebuilt, each => (rebuilt.length === 1 ? 0 : differencesOf(unit, each.unit).length));
}

/** What a unit says that it follows from. The size of one from before that was recorded is taken as it is. */
export function recordedOf(unit: Unit): Recorded {
  return { ...recordedPrices(unit), sizing: unit.sizing ?? sizeAsItIs(unit) };
}

export function recordedPrices({ prices }: Unit): Pick<Recorded, 'prices'> {
  return { prices: prices ?? undefined };
}

function sizeAsItIs(unit: Unit): NonNullable<Recorded['sizing']> {
  const parallel = 'serves' in unit ? (unit.serves[0]?.parallel ?? 1) : 1;
  return { count: unit.count, parallel };
}

/** The assignments that the unit may have been sized for: one list, unless it serves one model in several files. */
function readingsOf(
  unit: Unit,
  placed: readonly Placed[],
  offers: readonly Offer[],
  { environment }: Setting,
): readonly (readonly Assignment[])[] {
  const models = new Set(placed.map(({ model }) => model));
  const alike = offers.filter(({ identity, model }) => identity.unitKey === unit.offer && models.has(model));
  if (new Set(alike.map(({ model }) => model)).size < models.size) return [];
  const sorted = placed.toSorted((a, b) => (a.workload < b.workload ? -1 : 1));
  return sorted.reduce<readonly (readonly Assignment[])[]>(
    (readings, { workload: name, model }) => {
      const workload = environment.workloads.find(each => each.name === name);
      if (!workload) return readings;
      const options = filesOf(unit, alike, model);
      return readings
        .flatMap(assignments => options.map(offer => [...assignments, { workload, offer }]))
        .slice(0, mostReadings);
    },
    [[]],
  );
}

/** The offers of a model; only those of the files that the unit serves, where it serves any of them. */
function filesOf(unit: Unit, alike: readonly Offer[], model: string): readonly Offer[] {
  const offered = alike.filter(offer => offer.model === model);
  const served = 'serves' in unit ? unit.serves : [];
  const files = offered.filter(offer => {
    const file = offer.class.weights?.file;
    return file && served.some(({ weights }) => differencesOf(weights, file).length === 0);
  });
  return files.length > 0 ? files : offered.slice(0, 1);
}

function leastBy<T>(values: readonly T[], of: (value: T) => number): T | undefined {
  let least: { readonly value: T; readonly by: number } | undefined;
  for (const value of values) {
    const by = of(value);
    if (!least || by < least.by) least = { value, by };
  }
  return least?.value;
}
