import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the test projects are given, besides the package: the tools of the people who use it. */
const tools = [
  '@swc/core',
  '@swc/jest',
  '@types/jest',
  '@types/node',
  'aws-cdk',
  'aws-cdk-lib',
  'jest',
  'ssh2',
  'ts-jest@29',
  'tsx',
  // What cdktf init and its users had for years, and what npm gives today.
  'typescript@5.8',
  'newest-typescript@npm:typescript@latest',
  'vitest',
];

/** Packs what the build makes, and installs it twice: with all that people use beside it, and with its framework alone. */
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
  for (const name of ['complete', 'alone']) {
    const directory = join(parent, name);
    mkdirSync(directory);
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, private: true }));
    const frameworks = ['cdktf', 'constructs', '@cdktf/provider-azurerm'].map(
      at => `${at}@${peerDependencies[at] ?? ''}`,
    );
    const beside = name === 'alone' ? [] : [`cdktf-cli@${peerDependencies.cdktf ?? ''}`, ...tools];
    npm(
      directory,
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      tarball,
      ...frameworks,
      ...beside,
    );
  }
}

function npm(directory: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}
