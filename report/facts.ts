import { daysBetween } from '../catalog';
import type { Environment } from '../config/environment';
import { placesOf } from '../lock/recorded-since';
import type { Decision, Placement, Remedy, Unit } from '../placement/decision';
import { usd } from '../placement/figures';

/** Something that a decision rests on and that is not as well known as it could be. */
export interface WeakFact {
  /** `old`: read long ago, or of something that ends. `estimated`: derived. `unknown`: nobody says. */
  readonly kind: 'old' | 'estimated' | 'unknown';
  /** Workload or unit that it matters for. */
  readonly subject: string;
  /** What it is, and what would make it better. */
  readonly message: string;
  /** Lines to be pasted into the environment. */
  readonly lines: readonly Remedy[];
}

/** What a decision rests on that is old, estimated or unknown; in this order. */
export function weakFacts(decision: Decision, environment: Environment): WeakFact[] {
  return [...oldFacts(decision), ...estimates(decision, environment), ...unknowns(decision)];
}

/** Warnings tell of what ends; of prices the oldest is told whether or not it is too old. */
function oldFacts({ units, warnings = [], asOf }: Decision): WeakFact[] {
  const warned = warnings.map(({ subject, message }): WeakFact => fact('old', subject, message));
  const told = new Set(warnings.filter(({ rule }) => rule === 'price-age').map(({ subject }) => subject));
  const prices = units
    .filter(({ id, priceDate }) => priceDate !== null && !told.has(id))
    .toSorted((a, b) => ((a.priceDate ?? '') < (b.priceDate ?? '') ? -1 : 1))
    .slice(0, 1)
    .map(({ id, priceDate }): WeakFact => {
      const age = daysBetween(priceDate ?? asOf, asOf);
      return fact(
        'old',
        id,
        `the oldest price is its own, read on ${priceDate}, ${age} days ago; berth prices refresh reads newer ones`,
      );
    });
  return [...warned, ...prices];
}

function estimates({ placements, units }: Decision, environment: Environment): WeakFact[] {
  const ofPlacements = placements.flatMap(({ workload, reasons }) =>
    reasons.filter(({ estimated }) => estimated).map(({ message }) => fact('estimated', workload, message)),
  );
  return [...ofPlacements, ...units.flatMap(unit => speedFacts(unit, environment))];
}

/** Speeds that nobody measured on these machines, with the command that would. */
function speedFacts(unit: Unit, { name, measured = [] }: Environment): WeakFact[] {
  if (!('serves' in unit)) return [];
  const on = 'device' in unit ? unit.device : unit.sku;
  const places = placesOf(unit);
  return unit.serves
    .filter(
      ({ model, weights }) =>
        !measured.some(
          each =>
            places.includes(each.on) && each.model === model && each.quantisation === weights.quantisation,
        ),
    )
    .map(({ model, weights: { quantisation } }) =>
      fact(
        'estimated',
        unit.id,
        `the speed of ${model} on ${on} is predicted; on such a machine, berth measure ${name} --on ${on} --model ${model} --quantisation ${quantisation} --file <gguf> measures it`,
      ),
    );
}

function unknowns({ placements, toState = [] }: Decision): WeakFact[] {
  const needed = toState.map(({ workloads, ...line }) =>
    fact('unknown', workloads.join(', '), 'it has to be stated before this can be placed', [line]),
  );
  return [...needed, ...placements.flatMap(cheaperFacts)];
}

function cheaperFacts({ workload, onlyLacks }: Placement): WeakFact[] {
  if (!onlyLacks) return [];
  const { model, place, savesUsd, lacks } = onlyLacks;
  return [
    fact(
      'unknown',
      workload,
      `${model} on ${place} would save ${usd(savesUsd)} a month if this were known`,
      lacks,
    ),
  ];
}

function fact(
  kind: WeakFact['kind'],
  subject: string,
  message: string,
  lines: readonly Remedy[] = [],
): WeakFact {
  return { kind, subject, message, lines };
}

const headings = {
  old: 'old, or of something that ends',
  estimated: 'estimated',
  unknown: 'unknown',
} as const;

/** The facts as text, each kind under its heading. */
export function renderFacts({ environment, asOf }: Decision, facts: readonly WeakFact[]): string {
  if (facts.length === 0)
    return `${environment}: everything that the decision of ${asOf} rests on is stated or measured\n`;
  const parts = (['old', 'estimated', 'unknown'] as const).flatMap(kind => {
    const own = facts.filter(each => each.kind === kind);
    return own.length === 0 ? [] : [`${headings[kind]}\n${own.map(factText).join('')}`];
  });
  return `${environment}: what the decision of ${asOf} rests on, as far as it could be better known\n\n${parts.join('\n')}`;
}

function factText({ subject, message, lines }: WeakFact): string {
  return [`  ${subject}: ${message}`, ...lines.map(({ key, line }) => `      in ${key}: ${line}`), ''].join(
    '\n',
  );
}
