import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { satisfies } from 'semver';
import { snippetsOf } from '../test/docs/snippets';

/** What the test projects are given, besides the package and what berth init installs: the tools of the people who use it. */
const tools = [
  // GitHub's own parser of workflows, with the schema that it publishes.
  '@actions/workflow-parser',
  'aws-cdk',
  'aws-cdk-lib',
  'ssh2',
  'ts-jest@29',
  // What cdktf init and its users had for years, and what npm gives today.
  'typescript@5.8',
  'newest-typescript@npm:typescript@latest',
  'vitest',
];

/**
 * Packs what the build makes, and installs it three times: with its framework alone; with what berth init
 * asks for and all that people use beside it; and with cdktn as docs/frameworks.md says.
 */
export default function install(): void {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'berth-package-')));
  process.env.BERTH_TEST_PACKAGE = parent;
  const root = resolve(__dirname, '..');
  npm(root, 'pack', '--silent', '--pack-destination', parent);
  const { version, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    peerDependencies: Record<string, string>;
  };
  const tarball = join(parent, `cdktf-berth-${version}.tgz`);
  const cdktf = peerDependencies.cdktf ?? '';
  const frameworks = ['cdktf', 'constructs', '@cdktf/provider-azurerm'].map(
    at => `${at}@${peerDependencies[at] ?? ''}`,
  );
  // Nothing that runs at an installation is needed for what this one is tested by.
  installInto(join(parent, 'alone'), {}, ['--ignore-scripts', tarball, ...frameworks]);
  const initialised = join(parent, 'initialised');
  execFileSync(join(parent, 'alone', 'node_modules', '.bin', 'berth'), ['init', initialised], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const team = JSON.parse(readFileSync(join(initialised, 'package.json'), 'utf8')) as object;
  installInto(join(parent, 'complete'), team, [tarball, `cdktf-cli@${cdktf}`, ...tools]);
  const { devDependencies, ...onCdktn } = cdktnProject(root);
  const [cli = ''] = satisfies(process.version, '>=22.19')
    ? Object.entries(devDependencies).map(([at, range]) => `${at}@${range}`)
    : [`cdktf-cli@${cdktf}`];
  const types = ['@types/node', 'tsx', 'typescript@5.8'];
  installInto(join(parent, 'cdktn'), onCdktn, [tarball, cli, ...types]);
}

/** The package.json of docs/frameworks.md. */
function cdktnProject(root: string): object & { readonly devDependencies: Record<string, string> } {
  const page = readFileSync(join(root, 'docs', 'frameworks.md'), 'utf8');
  // The page has it in a list, so that it is set in.
  const [project] = snippetsOf(page.replace(/^ {3}/gm, '')).filter(({ language }) => language === 'json');
  return JSON.parse(project?.code ?? '') as object & { readonly devDependencies: Record<string, string> };
}

function installInto(directory: string, project: object, packages: readonly string[]): void {
  mkdirSync(directory);
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: basename(directory), private: true, ...project }),
  );
  npm(directory, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...packages);
}

function npm(directory: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}
