import { commitments, termMonths } from '../catalog';
import type { Commitment } from '../catalog';
import { round, usd } from './figures';
import { hoursPerMonth } from './needs';
import type { HourPrice } from './unit';
import type { Verdict } from './verdict';

/** What an hour costs by the ways to pay that are known of it. */
export interface Ways {
  /** USD an hour on demand; null is unknown. */
  readonly onDemandUsd: number | null;
  /** USD an hour under a commitment, where that is known. */
  readonly committed: Partial<Record<Commitment, number>>;
  /** Commitments that the environment makes. */
  readonly made: readonly Commitment[];
}

/** USD an hour in the cheapest way that may be taken; null is unknown. */
export function cheapestWay({ onDemandUsd, committed, made }: Ways): Pick<HourPrice, 'commitment'> & {
  readonly usd: number | null;
} {
  const best = cheapestOf(committed, made);
  if (best === undefined || (onDemandUsd !== null && onDemandUsd <= best.usd)) return { usd: onDemandUsd };
  return { usd: best.usd, commitment: best.commitment };
}

interface Committed {
  readonly commitment: Commitment;
  readonly usd: number;
}

function cheapestOf(
  committed: Ways['committed'],
  among: readonly Commitment[] = commitments,
): Committed | undefined {
  return among
    .flatMap(commitment => {
      const each = committed[commitment];
      return each === undefined ? [] : [{ commitment, usd: each }];
    })
    .toSorted((a, b) => a.usd - b.usd || termMonths[a.commitment] - termMonths[b.commitment])[0];
}

/** What a commitment saves or would save, and from when on it pays; nothing where none is known or it saves nothing. */
export function commitmentVerdicts(ways: Ways, count: number, what: string): Verdict[] {
  const { onDemandUsd, committed, made } = ways;
  if (onDemandUsd === null) return [];
  const { commitment } = cheapestWay(ways);
  const best = cheapestOf(committed, commitment === undefined ? undefined : made);
  if (!best || best.usd >= onDemandUsd) return [];
  const months = termMonths[best.commitment];
  const saved = usd((onDemandUsd - best.usd) * hoursPerMonth * count);
  const breakEven = `${round((months * best.usd) / onDemandUsd)} of its ${months === 1 ? 'one month' : `${months} months`}`;
  const rates = `$${best.usd} an hour of a ${what} instead of $${onDemandUsd} on demand`;
  const message =
    commitment === undefined
      ? `${best.commitment} would cost ${rates}, saves ${saved} a month, and pays from ${breakEven} on; commitments: [${best.commitment}] would take it`
      : `${best.commitment} costs ${rates}, saves ${saved} a month, and pays from ${breakEven} on; somebody has to buy it`;
  return [{ rule: 'commitment', verdict: 'pass', message }];
}
