import type { ObjectValue } from '../../protocol/value';
import type { Draw } from '../state-only/draws';

const alphabets = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numeric: '0123456789',
  special: '!@#$%&*()-_=+[]{}<>:?',
} as const;

/** Random characters with as many of each kind as the arguments ask for at least. */
export function characters(planned: ObjectValue, draw: Draw): string {
  const { override_special: special } = planned;
  const of = { ...alphabets, ...(typeof special === 'string' && special !== '' ? { special } : {}) };
  const kinds = Object.keys(alphabets) as (keyof typeof alphabets)[];
  const least = kinds.flatMap(kind =>
    Array.from({ length: Number(planned[`min_${kind}`] ?? 0) }, () => draw.one([...of[kind]])),
  );
  const all = kinds
    .filter(kind => planned[kind] !== false && !isOff(kind, planned))
    .flatMap(kind => [...of[kind]]);
  const missing = Number(planned['length']) - least.length;
  if (missing > 0 && all.length === 0) throw new Error('at least one kind of characters must be allowed');
  const rest = Array.from({ length: Math.max(0, missing) }, () => draw.one(all));
  return draw.shuffled([...least, ...rest]).join('');
}

/** `number` is the old name of `numeric`. */
function isOff(kind: keyof typeof alphabets, { number }: ObjectValue): boolean {
  return kind === 'numeric' && number === false;
}
