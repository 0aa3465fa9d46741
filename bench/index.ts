import { Command } from 'commander';
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

try {
  program.parse();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
