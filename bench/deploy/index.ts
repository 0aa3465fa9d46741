import { moments } from './moments';
import type { Failing } from './moments';
import { tryDeploy } from './trial';
import type { TrialResult } from './trial';
import { deployUndisturbed } from './undisturbed';
import type { Undisturbed } from './undisturbed';

/** Each stack at each moment, one in each deploy. */
export function inTurn({ needs }: Pick<Undisturbed, 'needs'>): Failing[] {
  return [...needs.keys()].flatMap(stack => moments.map(moment => new Map([[stack, moment]])));
}

/**
 * Each stack at each moment too, in less than half of the deploys: what all others wait for by itself, and those others together, each
 * at another moment, and in each deploy some that do not fail.
 */
export function together({ needs }: Pick<Undisturbed, 'needs'>): Failing[] {
  const stacks = [...needs.keys()];
  const isNeeded = (stack: string): boolean => [...needs.values()].some(needed => needed.includes(stack));
  const [first, others] = [stacks.filter(isNeeded), stacks.filter(stack => !isNeeded(stack))];
  const alone = first.flatMap(stack => moments.map(moment => new Map([[stack, moment]])));
  const deploys = moments.length + 1;
  const square = Array.from({ length: deploys }, (_, row) => {
    const failing = others.flatMap((stack, column) => {
      const moment = moments[(row + column * 2) % deploys];
      return moment === undefined ? [] : [[stack, moment] as const];
    });
    return new Map(failing);
  });
  return [...alone, ...square];
}

/** What to try. */
interface DeployBenchOptions {
  /** Whether stacks that need nothing of each other fail in the same deploy. */
  readonly together: boolean;
  /** Which of the deploys, from 1, such as `3-5`. @default - all */
  readonly only?: string;
}

/** Has each stack of an environment fail at each moment of a deploy by the real CLI, and says what came of it. */
export async function reportDeploys(
  environment: string,
  { together: several, only }: DeployBenchOptions,
): Promise<string> {
  const undisturbed = await deployUndisturbed(environment);
  const all = several ? together(undisturbed) : inTurn(undisturbed);
  const [from = 1, to = all.length] = (only ?? '').split('-').filter(Boolean).map(Number);
  const results: TrialResult[] = [];
  for (const [i, failing] of [...all.entries()].slice(from - 1, to)) {
    const result = await tryDeploy(undisturbed, failing);
    results.push(result);
    process.stderr.write(`${i + 1}: ${described(result)}\n`);
  }
  return summary(results, all.length);
}

function described({ failing, problems }: TrialResult): string {
  const stacks = [...failing].map(([stack, moment]) => `${stack} at ${moment}`).join(', ');
  return [stacks, ...problems.map(problem => `  ${problem}`)].join('\n');
}

function summary(results: readonly TrialResult[], all: number): string {
  const good = results.filter(({ problems }) => problems.length === 0).length;
  const failures = results.flatMap(({ failing }) => [...failing.values()]);
  const beside = results.flatMap(({ besideOthers }) => besideOthers).length;
  const rows = moments.map(
    moment => `  ${moment}: ${failures.filter(each => each === moment).length} failures of stacks`,
  );
  return [
    ...rows,
    `${results.length} of ${all} deploys, ${failures.length} failures of stacks, ${beside} of them while others ran: ` +
      `${good} left no lock and nothing that no state knows, went on with all else, and were finished by a second deploy with an empty plan`,
  ].join('\n');
}
