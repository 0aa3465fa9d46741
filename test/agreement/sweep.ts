import { Command } from 'commander';
import { coverageOf, coverageText } from './coverage';
import { edgeTrials } from './edges';
import { randomTrial } from './random-trial';
import { targetTrials } from './targets';
import { outcomeOf } from './trial';
import type { Outcome } from './trial';

/** Places and synthesises everything in the catalogue at least once, and random environments; prints what was reached. */
async function sweep({
  random,
  first,
  only,
}: {
  random: number;
  first: number;
  only?: string;
}): Promise<void> {
  const all = [
    ...targetTrials(),
    ...edgeTrials(),
    ...Array.from({ length: random }, (_, i) => randomTrial(first + i)),
  ];
  const trials = all.filter(({ name }) => only === undefined || name.includes(only));
  const outcomes: Outcome[] = [];
  for (const trial of trials) {
    const outcome = await outcomeOf(trial);
    outcomes.push(outcome);
    for (const fault of outcome.faults) process.stdout.write(`${fault}\n`);
  }
  const faults = outcomes.flatMap(each => each.faults).length;
  process.stdout.write(
    `${coverageText(coverageOf(outcomes))}\n${trials.length} environments, ${faults} faults\n`,
  );
  if (faults > 0) process.exitCode = 1;
}

const program = new Command('agreement')
  .description('place and synthesise everything in the catalogue, and random environments')
  .option('--random <count>', 'random environments', Number, 200)
  .option('--first <seed>', 'seed of the first of them', Number, 1)
  .option('--only <text>', 'environments whose name holds it')
  .action(sweep);
void program.parseAsync();
