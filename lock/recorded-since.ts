import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../config/environment';
import type { Recorded } from '../placement/candidate';
import type { Placement, Unit } from '../placement/decision';
import { nameNow } from '../placement/needs';
import { devicesOf } from '../placement/venues/edge/to-unit';
import { plain } from './differences';
import { factsOf } from './facts';
import type { Lock } from './lock';
import { recordedOf, recordedPrices } from './rebuild';

/** What of a request tells how much memory it takes and how fast it is served. */
const lengths = ['inputTokens', 'outputTokens', 'contextTokens', 'reasoning', 'task', 'pin', 'images'];
/** What tells how many there are, and how soon they are to be answered. */
const demand = ['requestsPerDay', 'peakFactor', 'latency'];

/**
 * What a unit records, as far as it still holds in an environment that changed: speeds and memory while its requests are as
 * long and its hardware is the same, and a size that was never explained while nothing asks more or less of it.
 * @param placed the placements on it that the environment still has, under these names or new ones
 */
export function recordedSince(
  unit: Unit,
  placed: readonly Pick<Placement, 'workload'>[],
  { facts }: Lock,
  environment: Environment,
): Recorded {
  const now = factsOf(environment);
  const device = 'device' in unit ? unit.device : undefined;
  const places = placesOf(unit);
  const isSame = (keys: readonly string[]): boolean =>
    isDeepStrictEqual(deviceIn(facts.environment, device), deviceIn(now.environment, device)) &&
    isDeepStrictEqual(measuredIn(facts.environment, places), measuredIn(now.environment, places)) &&
    placed.every(({ workload }) =>
      isDeepStrictEqual(
        partOf(facts.workloads[workload], keys),
        partOf(now.workloads[nameNow(workload, environment)], keys),
      ),
    );
  const holds = unit.sizing ? isSame(lengths) : isSame([...lengths, ...demand]);
  return holds ? recordedOf(unit) : recordedPrices(unit);
}

/** Where a unit's speeds can have been measured, as `measured` names it: its devices, or its size of machine. */
export function placesOf(unit: Unit): readonly string[] {
  return 'device' in unit ? devicesOf(unit) : [unit.sku];
}

/** The keys of a workload's facts and of its traffic. */
function partOf(workload: Readonly<Record<string, unknown>> | undefined, keys: readonly string[]): unknown {
  const { traffic, ...rest } = workload ?? {};
  const all = Object.entries({ ...rest, ...(traffic as object | undefined) });
  return plain(Object.fromEntries(all.filter(([key]) => keys.includes(key))));
}

function deviceIn({ devices }: Readonly<Record<string, unknown>>, device: string | undefined): unknown {
  if (device === undefined) return undefined;
  return plain((devices as Readonly<Record<string, { readonly hardware: unknown }>>)[device]?.hardware);
}

/** What was measured there counts instead of what was recorded before. */
function measuredIn(
  { measured = [] }: Readonly<Record<string, unknown>>,
  places: readonly string[],
): unknown {
  return plain((measured as readonly { readonly on: string }[]).filter(({ on }) => places.includes(on)));
}
