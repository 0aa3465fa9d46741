import { Command } from 'commander';
import type { Limits } from '../placement/solver/problem';
import { allActs } from '../rehearsal/reliability';
import { reportDeploys } from './deploy';
import { reportEdges, reportEvolution } from './evolution';
import { reportFidelity } from './fidelity';
import { deployGenerated } from './growth';
import { reportLoad } from './load';
import { loadText } from './machines/load';
import { reportPool } from './machines/pool';
import { rehearsedPool } from './machines/rehearsed-pool';
import { benchParts, reportRehearsal } from './rehearsal';
import { reportPublic } from './public';
import { reportReliability } from './reliability';
import { benchPlacement, decideOnce } from './placement';
import { reportMelange } from './melange';
import { benchSites } from './sites';
import { reportThroughput } from './throughput';

const program = new Command('bench').description('measures what Berth claims');

program
  .command('throughput', { isDefault: true })
  .description('compare predicted tokens a second with measurements')
  .option('--measurements <dir>', 'directory with measured-throughput.csv and prefill-throughput.csv')
  .option('--details', 'list the worst predictions')
  .option('--nested', 'check the choices of the fit too, which takes minutes')
  .action(({ measurements, ...options }: { measurements?: string; details?: boolean; nested?: boolean }) => {
    process.stdout.write(`${reportThroughput(measurements, options)}\n`);
  });

program
  .command('fidelity <dir>')
  .description('compare the rehearsal with plans and verdicts of the real providers, which do not ship')
  .action(async (directory: string) => {
    const tell = (line: string): void => void process.stdout.write(`${line}\n`);
    tell(await reportFidelity(directory, tell));
  });

program
  .command('evolution')
  .description(
    'edit a deployed environment in a rehearsal, and see who serves meanwhile: every edit, then lives of several',
  )
  .option('--lives <number>', 'how many lives of three to six edits, with failures of Azure', Number, 20)
  .option('--from <seed>', 'seed of the first life', Number, 1)
  .option('--no-table', 'only lives of several edits, not each edit by itself')
  .option('--only <text>', 'only lives with an edit whose name has this in it')
  .option('--edges', 'instead, play a life without each edge of the order, and tell whether that is seen')
  .action(
    async (options: { lives: number; from: number; table: boolean; only?: string; edges?: boolean }) => {
      const tell = (line: string): void => void process.stdout.write(`${line}\n`);
      await (options.edges ? reportEdges(tell) : reportEvolution(options, tell));
    },
  );

program
  .command('placement')
  .description('compare the joint optimum with each workload by itself, over the whole catalogue')
  .option('--workloads <numbers>', 'numbers of workloads, comma-separated', '10,100')
  .option('--seeds <numbers>', 'seeds, comma-separated', '1')
  .option(
    '--gap <share>',
    'stop when the cost is proven to be within this share of the least (default: 0, above 100 workloads 0.005)',
    Number,
  )
  .option(
    '--seconds <seconds>',
    'stop a decision after so many seconds, which makes it irreproducible',
    Number,
  )
  .action(async ({ workloads, seeds, ...limits }: { workloads: string; seeds: string } & Limits) => {
    const numbers = { workloads: workloads.split(',').map(Number), seeds: seeds.split(',').map(Number) };
    await benchPlacement({ ...numbers, ...limits }, line => process.stdout.write(`${line}\n`));
  });

program
  .command('melange <tables>')
  .description("compare the search with Mélange's program on its own tables, a JSON file that does not ship")
  .action(async (tables: string) => {
    process.stdout.write(`${await reportMelange(tables)}\n`);
  });

program
  .command('sites')
  .description('decide one workload over so many sites, each with a device')
  .option('--devices <numbers>', 'numbers of devices, comma-separated', '40,1000')
  .action(async ({ devices }: { devices: string }) => {
    for (const count of devices.split(',').map(Number)) process.stdout.write(`${await benchSites(count)}\n`);
  });

program
  .command('decision <workloads> <seed>')
  .description('decide so many random workloads once, and print what it took as JSON')
  .option('--gap <share>', 'as above', Number)
  .option('--seconds <seconds>', 'as above', Number)
  .action(async (workloads: string, seed: string, limits: Limits) => {
    const decision = await decideOnce(Number(workloads), Number(seed), limits);
    process.stdout.write(`${JSON.stringify(decision)}\n`);
  });

program
  .command('reliability [environment]')
  .description(
    'play every fault at every operation of a rehearsed environment (default: dev) and run it again',
  )
  .option('--acts <acts>', `which of ${allActs.join(', ')}, separated by commas`, 'deploy')
  .option('--workers <count>', 'deploys at once (default: one for each processor)', Number)
  .option('--sample', 'only the sample that the tests run')
  .action(async (environment = 'dev', { acts, workers, sample }: ReliabilityFlags) => {
    const chosen = allActs.filter(act => acts.split(',').includes(act));
    process.stdout.write(`${await reportReliability(environment, { acts: chosen, workers, sample })}\n`);
  });

program
  .command('deploy [environment]')
  .description(
    'have each stack of an environment (default: dev) fail at each moment of `berth deploy`, and deploy it again',
  )
  .option('--together', 'several stacks in one deploy, which takes less than half of them')
  .option('--only <numbers>', 'which of the deploys, such as 3-5')
  .action(async (environment = 'dev', { together = false, only }: { together?: boolean; only?: string }) => {
    process.stdout.write(`${await reportDeploys(environment, { together, only })}\n`);
  });

program
  .command('machines')
  .description(
    'boot a pool of machines in containers, and change its model under a steady load (as root, with debootstrap and systemd-nspawn)',
  )
  .option('--count <number>', 'machines of the pool', Number, 3)
  .option('--rate <number>', 'requests a second', Number, 20)
  .option('--rehearsed', 'in a rehearsal instead, where a machine that changes answers nobody')
  .action(async ({ count, rate, rehearsed }: { count: number; rate: number; rehearsed?: boolean }) => {
    const tell = (line: string): void => void process.stdout.write(`${line}\n`);
    if (!rehearsed) return reportPool({ count, perSecond: rate }, tell);
    tell(
      loadText(
        `a rehearsed pool of ${count} machines takes another model`,
        rate,
        await rehearsedPool(count, rate),
      ),
    );
  });

program
  .command('rehearsal')
  .description('measure the start of a rehearsal, the share of the cdktf CLI in it, and its growth')
  .option('--parts <parts>', `which of ${benchParts.join(', ')}, separated by commas`, benchParts.join(','))
  .option('--repeats <count>', 'measurements of which the median counts', Number, 5)
  .action(async ({ parts, repeats }: { parts: string; repeats: number }) => {
    const chosen = benchParts.filter(part => parts.split(',').includes(part));
    process.stdout.write(`${await reportRehearsal({ parts: chosen, repeats })}\n`);
  });

program
  .command('load')
  .description(
    'measure what commands and entries of the built package cost to load, against the same by hand',
  )
  .option('--repeats <count>', 'pairs of measurements of which the median counts', Number, 9)
  .action(async ({ repeats }: { repeats: number }) => {
    process.stdout.write(`${await reportLoad(repeats)}\n`);
  });

program
  .command('public <directory>')
  .description(
    'rehearse each example in a directory of a public repository that you checked out, and say why some fail',
  )
  .option('--every <number>', 'only every so many-th of them', Number, 1)
  .option('--only <text>', 'only folders whose path has this in it')
  .action(async (directory: string, options: { every: number; only?: string }) => {
    const report = await reportPublic(directory, options, line => process.stderr.write(`${line}\n`));
    process.stdout.write(`${report}\n`);
  });

program
  .command('growth <resources>')
  .description('rehearse a generated stack of so many resources once, and print what it took as JSON')
  .action(async (resources: string) => {
    process.stdout.write(`${JSON.stringify(await deployGenerated(Number(resources)))}\n`);
  });

interface ReliabilityFlags {
  readonly acts: string;
  readonly workers?: number;
  readonly sample?: boolean;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
