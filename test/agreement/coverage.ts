import type { Unit } from '../../config';
import type { Outcome } from './trial';

/** How many units and refusals there were, by what they are. */
export interface Coverage {
  readonly placed: ReadonlyMap<string, number>;
  /** By the first rule that was broken. */
  readonly refused: ReadonlyMap<string, number>;
}

/** What a unit stands for, each as `kind: value`. */
function traitsOf(unit: Unit): string[] {
  const venue = `venue: ${unit.venue} on ${unit.provider}`;
  if (unit.venue === 'hosted')
    return [
      venue,
      `publisher: ${unit.format}`,
      `deployment: ${unit.sku}`,
      `model: ${unit.model} ${unit.version}`,
    ];
  if (unit.venue === 'catalog') return [venue, `registry: ${unit.model}`, `instance: ${unit.sku}`];
  if (unit.venue === 'managed-compute') return [venue, `accelerator: ${unit.acceleratorType}`];
  const engine = `engine: ${unit.arch} ${unit.accelerator}`;
  const open = unit.serves.map(({ model }) => `open: ${model}`);
  const several = unit.serves.length > 1 ? ['host: several models'] : [];
  const many = unit.count > 1 ? ['host: several machines'] : [];
  if (unit.venue === 'edge') return [venue, engine, `device: ${unit.sku}`, ...open, ...several];
  const paid = `paid: ${unit.billing ?? 'on-demand'} on ${unit.provider}`;
  return [venue, engine, paid, `machine: ${unit.sku}`, ...open, ...several, ...many];
}

export function coverageOf(outcomes: readonly Outcome[]): Coverage {
  return {
    placed: counted(outcomes.flatMap(({ units }) => units.flatMap(traitsOf))),
    refused: counted(outcomes.flatMap(({ refused }) => [...refused.values()].map(([rule = '']) => rule))),
  };
}

/** The values of a kind that were placed, in order. */
export function placedOf({ placed }: Coverage, kind: string): string[] {
  const prefix = `${kind}: `;
  return [...placed.keys()].flatMap(key => (key.startsWith(prefix) ? key.slice(prefix.length) : [])).sort();
}

/** One line for each kind, for people. */
export function coverageText(coverage: Coverage): string {
  const kinds = [...new Set([...coverage.placed.keys()].map(key => key.split(': ')[0] ?? ''))].sort();
  const lines = kinds.map(kind => {
    const values = placedOf(coverage, kind);
    const shown = values
      .slice(0, 12)
      .map(value => `${value} ${coverage.placed.get(`${kind}: ${value}`) ?? 0}`);
    return `${kind} (${values.length}): ${shown.join(', ')}${values.length > 12 ? ', …' : ''}`;
  });
  const refused = [...coverage.refused].map(([rule, count]) => `${rule} ${count}`).sort();
  return [...lines, `refused by rule: ${refused.join(', ')}`].join('\n');
}

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
