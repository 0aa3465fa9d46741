import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execute } from '../rehearsal/process/execute';
import { quantile } from '../tools/fit/errors';

const root = dirname(require.resolve('../package.json'));

const aws = [
  '',
  ...['autoscaling', 'ec2', 'elasticloadbalancingv2', 'elasticloadbalancingv2-targets', 'iam', 'logs'],
]
  .concat('route53', 'route53-targets', 'scheduler', 'scheduler-targets', 'secretsmanager')
  .map(name => (name === '' ? 'aws-cdk-lib' : `aws-cdk-lib/aws-${name}`));
const loads = (names: readonly string[]): string => names.map(name => `require('${name}');`).join('');
/** Of a program that is evaluated, commander takes all behind the first argument for its own. */
const command = (...args: readonly string[]): string =>
  `process.argv.splice(1, Infinity, ${args.map(each => `'${each}'`).join(', ')});` +
  "process.stdout.write = () => true; require('./dist/bin/berth.js')";

/** What is loaded, beside what a hand would load instead, and how many times that it may cost. */
const pairs = [
  ['berth --help', command('--help'), 'node -e 0', '0', 2],
  ['berth explain dev', command('explain', 'dev', '--today', '2026-11-24'), 'node -e 0', '0', 8],
  ['cdktf-berth/aws', loads(['cdktf-berth/aws']), 'its imports by hand', loads(aws), 1.2],
  ['cdktf-berth/testing', loads(['cdktf-berth/testing']), 'its imports by hand', loads(['semver']), 1.2],
] as const;

/** Processor time of what the package loads, against the same by hand, in pairs. @param repeats of which the median counts */
export async function reportLoad(repeats: number): Promise<string> {
  if (!existsSync(join(root, 'dist', 'bin', 'berth.js'))) return 'not measured; run npm run build first';
  const lines: string[] = [];
  for (const [name, code, byHand, hand, most] of pairs) {
    const measured: [number, number][] = [];
    for (let i = 0; i < repeats; i++) measured.push([await time(code), await time(hand)]);
    const [own, other] = [0, 1].map(at =>
      quantile(
        measured.map(pair => pair[at] ?? 0),
        0.5,
      ),
    );
    const ratio = quantile(
      measured.map(([one, two]) => one / two),
      0.5,
    );
    lines.push(
      `${name}: ${own?.toFixed(0)} ms, ${byHand}: ${other?.toFixed(0)} ms, ratio ${ratio.toFixed(1)} (wanted: at most ${most})`,
    );
  }
  return lines.join('\n');
}

/** Unit: milliseconds of processor time. */
async function time(code: string): Promise<number> {
  const atEnd =
    "process.on('exit', () => { const { userCPUTime, systemCPUTime } = process.resourceUsage(); require('node:fs').writeSync(2, `cpu ${userCPUTime + systemCPUTime}`) });";
  const { status, stderr } = await execute(process.execPath, ['-e', `${atEnd}${code}`], {
    directory: root,
    environment: { ...process.env, CI: '1' },
  });
  const found = /cpu (\d+)\s*$/.exec(stderr)?.[1];
  if (status !== 0 || found === undefined) throw new Error(stderr.trim());
  return Number(found) / 1000;
}
