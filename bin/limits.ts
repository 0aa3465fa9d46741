import type { DecideOptions } from '../config';
import { UsageError } from './usage-error';

/** What the search may spend, as commander has it. */
export interface LimitFlags {
  readonly nodes?: string;
  readonly gap?: string;
  readonly seconds?: string;
}

/** Options of the commands that decide. */
export const limitOptions = [
  ['--nodes <count>', 'nodes that the solver may search (default: 20000)'],
  [
    '--gap <share>',
    'stop when it is proven that nothing costs less by this share, such as 0.005 (default: 0)',
  ],
  ['--seconds <seconds>', 'stop after so long; another run may then decide otherwise (default: no limit)'],
] as const;

/** @throws {UsageError} with all that is wrong at once */
export function limitsOf({ nodes, gap, seconds }: LimitFlags): NonNullable<DecideOptions['limits']> {
  const wrong: string[] = [];
  const read = (
    option: string,
    text: string | undefined,
    allowed: string,
    isAllowed: (value: number) => boolean,
    example: string,
  ): number | undefined => {
    if (text === undefined) return undefined;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value) && isAllowed(value)) return value;
    wrong.push(`${option}: ${allowed} is allowed, got '${text}'; write it like ${example}`);
    return undefined;
  };
  const limits = {
    nodes: read(
      '--nodes',
      nodes,
      'a whole number from 1',
      value => Number.isInteger(value) && value >= 1,
      '50000',
    ),
    gap: read(
      '--gap',
      gap,
      'a share of the cost from 0 to below 1',
      value => value >= 0 && value < 1,
      '0.005',
    ),
    seconds: read('--seconds', seconds, 'a number above 0', value => value > 0, '60'),
  };
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
