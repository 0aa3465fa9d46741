import type { Leaving, Placement, Staying } from '../placement/decision';
import { usd } from '../placement/figures';
import { many, venueName } from './sentences';

/** Workloads that a sentence names. */
const named = 3;

/** What staying costs, and from when on it would move: `although … would cost $12 a month less; …`. */
export function stayingText({
  model,
  sku,
  location,
  savesUsd,
  movesFromUsd,
  together,
  ...place
}: Staying): string {
  const where = `${model} (${venueName(place)}: ${sku.replace('Standard_', '')} in ${location})`;
  const others = together.length > 0 ? ` with ${listed(together)} moved too,` : '';
  return `although ${where}${others} would cost ${usd(savesUsd)} a month less; what is deployed moves for more than ${usd(movesFromUsd)} (moveWhen)`;
}

function listed(names: readonly string[]): string {
  const more = names.length - named;
  return more > 1 ? `${names.slice(0, named).join(', ')} and ${many(more, 'other')}` : names.join(', ');
}

/** What it cannot stay on, and why: `law-1, where latency: …`. */
export function leavingText({ unit, because }: Leaving): string {
  return `${unit}, where ${because.map(({ rule, message }) => `${rule}: ${message}`).join('; ')}`;
}

/** A line for each workload that stays where it is dearer, or cannot stay where it is. */
export function stayingLines(placements: readonly Placement[]): string[] {
  return placements.flatMap(({ workload, unit, stays, leaves }) => [
    ...(stays ? [`${workload} stays on ${unit}, ${stayingText(stays)}`] : []),
    ...(leaves ? [`${workload} leaves ${leavingText(leaves)}`] : []),
  ]);
}
