import { Command } from 'commander';
import { benchPlacement } from './placement';
import { reportThroughput, writeFit } from './throughput';

const program = new Command('bench').description('measures what Berth claims');

program
  .command('throughput', { isDefault: true })
  .description('compare predicted tokens a second with measurements')
  .option('--measurements <dir>', 'directory with measured-throughput.csv and prefill-throughput.csv')
  .option('--details', 'list the worst predictions')
  .action(({ measurements, details }: { measurements?: string; details?: boolean }) => {
    process.stdout.write(`${reportThroughput(measurements, details)}\n`);
  });

program
  .command('fit')
  .description('fit the prediction to measurements and write config/sizing/coefficients.ts')
  .requiredOption('--measurements <dir>', 'directory with measured-throughput.csv and prefill-throughput.csv')
  .requiredOption('--date <YYYY-MM-DD>', 'day to write beside the coefficients')
  .action(({ measurements, date }: { measurements: string; date: string }) => {
    process.stdout.write(`${writeFit(measurements, date)}\n`);
  });

program
  .command('placement')
  .description('compare the joint optimum with each workload by itself, over the whole catalogue')
  .option('--workloads <numbers>', 'numbers of workloads, comma-separated', '10,100')
  .option('--seeds <numbers>', 'seeds, comma-separated', '1')
  .option('--gap <share>', 'stop when the cost is proven to be within this share of the least')
  .option('--seconds <seconds>', 'stop a decision after so many seconds, which makes it irreproducible')
  .action(async (options: { workloads: string; seeds: string; gap?: string; seconds?: string }) => {
    const limits = {
      ...(options.gap === undefined ? {} : { gap: Number(options.gap) }),
      ...(options.seconds === undefined ? {} : { seconds: Number(options.seconds) }),
    };
    await benchPlacement(
      {
        workloads: options.workloads.split(',').map(Number),
        seeds: options.seeds.split(',').map(Number),
        ...limits,
      },
      line => process.stdout.write(`${line}\n`),
    );
  });

try {
  program.parse();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
