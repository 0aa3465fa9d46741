import type { DecideOptions, DecisionStep } from '../config';
import { counted } from './counted';
import { isSet } from './progress-view';

/** A stream that may lead to a terminal. */
interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const [narrowest, widest] = [80, 140];

/** Columns of a table: those of the terminal, from 80 to 140; undefined where there is none, so that a file is the same everywhere. */
export function tableWidth({ isTTY, columns }: Pick<Terminal, 'isTTY' | 'columns'>): number | undefined {
  return isTTY && columns ? Math.min(Math.max(columns, narrowest), widest) : undefined;
}

/** What is done when a step has ended. */
const next: Readonly<Record<DecisionStep, string | undefined>> = {
  candidates: 'searching for the cheapest of all ways to serve them',
  search: 'comparing with what comes next',
  explanations: undefined,
};

/** Says at a terminal what a decision is at, on one line that goes when it is done; elsewhere nothing. */
export function decisionProgress(
  screen: Terminal,
  workloads: number,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly onStep: NonNullable<DecideOptions['onStep']>; readonly end: () => void } {
  const canDraw = screen.isTTY === true && environment.TERM !== 'dumb' && !isSet(environment.CI);
  const say = (text: string): void => {
    if (!canDraw) return;
    const line = text === '' ? '' : `deciding ${counted(workloads, 'workload')}: ${text}`;
    screen.write(`\r\u001b[2K${line.slice(0, (screen.columns ?? narrowest) - 1)}`);
  };
  say('looking at what may serve them');
  return { onStep: step => say(next[step] ?? ''), end: () => say('') };
}
