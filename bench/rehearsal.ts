import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFile, loadEnvironment } from '../config';
import { empty, Worker } from '../rehearsal/reliability';
import { Rehearsal, findTerraform } from '../rehearsal/run';
import { inOrder } from '../rehearsal/run/in-order';
import { execute } from '../rehearsal/process/execute';
import { quantile } from '../tools/fit/errors';
import { deployGeneratedApart } from './growth';

/** What can be measured. */
export const benchParts = ['start', 'dev', 'growth'] as const;
type Part = (typeof benchParts)[number];

/** What to measure. */
interface RehearsalBenchOptions {
  readonly parts: readonly Part[];
  /** How often each measurement is taken; the medians count. */
  readonly repeats: number;
}

const root = dirname(require.resolve('../package.json'));
const sizes = [30, 300, 3000];

/** Measures what a rehearsal costs: start, the cdktf CLI's share, growth. */
export async function reportRehearsal({ parts, repeats }: RehearsalBenchOptions): Promise<string> {
  const measure: Readonly<Record<Part, () => Promise<string>>> = {
    start: () => reportStart(repeats * 3),
    dev: () => reportDev(repeats),
    growth: reportGrowth,
  };
  const lines: string[] = [];
  for (const part of parts) lines.push(await measure[part]());
  return lines.join('\n');
}

const twentyTypes = [
  'application_insights',
  'cognitive_account',
  'cognitive_deployment',
  'key_vault',
  'linux_virtual_machine',
  'log_analytics_workspace',
  'monitor_diagnostic_setting',
  'nat_gateway',
  'network_interface',
  'network_security_group',
  'private_dns_zone',
  'private_dns_zone_virtual_network_link',
  'private_endpoint',
  'public_ip',
  'resource_group',
  'role_assignment',
  'storage_account',
  'subnet',
  'user_assigned_identity',
  'virtual_network',
].map(name => `azurerm_${name}`);

/** The package as it is installed: what runs from TypeScript pays for the translation too. */
async function reportStart(repeats: number): Promise<string> {
  const dist = join(root, 'dist', 'rehearsal');
  if (!existsSync(join(dist, 'simulation.js'))) return 'start: not measured; run npm run build first';
  const bare = await times('0', repeats);
  const types = JSON.stringify(twentyTypes);
  // The schemas are derived when Terraform asks for them; here they are asked for at once.
  const started = await times(
    `require(${JSON.stringify(join(dist, 'simulation.js'))}).startSimulation({ types: ${types} }).then(simulation => {
      const { deriveSchema } = require(${JSON.stringify(join(dist, 'schema', 'derive.js'))});
      const { dirname, join } = require('node:path');
      const lib = join(dirname(require.resolve('@cdktf/provider-azurerm/package.json')), 'lib');
      for (const type of ${types}) deriveSchema(join(lib, type.slice(8).replaceAll('_', '-'), 'index.js'));
      return simulation.stop();
    })`,
    repeats,
  );
  const ratio = (started / bare).toFixed(1);
  return `start with twenty types, schemas derived: ${ms(started)}, node -e 0: ${ms(bare)}, ratio ${ratio} (at most 4)`;
}

/** Median processor time of a Node process, which other load on the machine hardly changes. Unit: milliseconds. */
async function times(code: string, repeats: number): Promise<number> {
  const found: number[] = [];
  const atEnd =
    "process.on('exit', () => { const { userCPUTime, systemCPUTime } = process.resourceUsage(); console.log((userCPUTime + systemCPUTime) / 1000) });";
  for (let i = 0; i < repeats; i++) {
    const { stdout, stderr, status } = await execute(process.execPath, ['-e', `${atEnd}${code}`], {
      directory: root,
      environment: process.env,
    });
    if (status !== 0) throw new Error(stderr.trim());
    found.push(Number(stdout));
  }
  return quantile(found, 0.5);
}

/** A first deploy of dev: the cdktf CLI against the same Terraform commands without it. */
async function reportDev(repeats: number): Promise<string> {
  const { weights, engines } = loadEnvironment(environmentFile('dev', root));
  const fixtures = new Map([...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]));
  const target = { directory: root, environmentVariables: { BERTH_ENV: 'dev' } };
  const [withCli, without]: [number[], number[]] = [[], []];
  for (let i = 0; i < repeats; i++) {
    withCli.push(await deployWithCli(target, fixtures));
    without.push(await deployWithout(target, fixtures));
  }
  const [cli, plain] = [quantile(withCli, 0.5), quantile(without, 0.5)];
  return (
    `dev through the cdktf CLI: ${ms(cli)}; init and apply of the same stacks without it: ${ms(plain)}; ` +
    `ratio ${(cli / plain).toFixed(1)} (medians of ${repeats})`
  );
}

type DevTarget = Parameters<typeof Rehearsal.open>[0];

async function deployWithCli(target: DevTarget, fixtures: ReadonlyMap<string, string>): Promise<number> {
  const rehearsal = await Rehearsal.open(target, { deployWith: 'cdktf', fixtures });
  try {
    const started = performance.now();
    const results = await rehearsal.deploy();
    if (!results.every(({ ok }) => ok)) throw new Error('dev does not deploy');
    return performance.now() - started;
  } finally {
    await rehearsal.close();
  }
}

async function deployWithout(target: DevTarget, fixtures: ReadonlyMap<string, string>): Promise<number> {
  const worker = await Worker.open(target, await findTerraform(), fixtures);
  try {
    await worker.restore(empty, worker.stacks);
    const started = performance.now();
    const skipped = await inOrder(
      worker.stacks,
      worker.stacks.length,
      async stack => (await worker.apply(stack)).ok,
    );
    if (skipped.length > 0) throw new Error('dev does not deploy');
    return performance.now() - started;
  } finally {
    await worker.close();
  }
}

async function reportGrowth(): Promise<string> {
  const lines: string[] = [];
  let smaller: number | undefined;
  for (const size of sizes) {
    const { elapsed, simulation, peak } = await deployGeneratedApart(size);
    const each = elapsed / size;
    const ratio =
      smaller === undefined ? '' : `, ${(each / smaller).toFixed(2)} times that of the size before`;
    lines.push(
      `${size} resources: ${ms(elapsed)}, ${each.toFixed(1)} ms a resource${ratio}; ` +
        `simulation ${(simulation / size).toFixed(1)} ms of processor a resource, peak ${Math.round(peak)} MiB`,
    );
    smaller = each;
  }
  return lines.join('\n');
}

function ms(milliseconds: number): string {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
