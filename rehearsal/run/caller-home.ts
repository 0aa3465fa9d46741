import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { contentsOf } from './stack';
import type { Stack } from './stack';

/** Where Terraform looks for providers that its user put there. */
const plugins = join('.terraform.d', 'plugins');

/**
 * Terraform's CLI configuration of the caller: mirrors, caches and credentials of registries are theirs to say.
 * @returns undefined where there is none; Terraform warns in each command of one that is not there
 */
export function cliConfiguration(
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string | undefined {
  const file = environment['TF_CLI_CONFIG_FILE'] ?? join(home, '.terraformrc');
  return existsSync(file) ? file : undefined;
}

/**
 * Puts into the home directory of a rehearsal, which is empty otherwise, what the stacks name of the caller's, such as `~/.ssh/id_rsa.pub`, and
 * the caller's providers: as links.
 * @param into home directory of the rehearsal
 */
export function linkCallerHome(stacks: readonly Stack[], into: string, home: string = homedir()): void {
  for (const name of new Set([plugins, ...stacks.flatMap(namedFiles)])) {
    const [from, to] = [join(home, name), join(into, name)];
    if (existsSync(to) || !existsSync(from) || (name !== plugins && !statSync(from).isFile())) continue;
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to);
  }
}

/** Paths below the home directory that stand in a stack as text. */
function namedFiles(stack: Stack): string[] {
  const text = JSON.stringify(contentsOf(stack));
  return [...text.matchAll(/"~\/([^"\\$]+)\\?"/g)]
    .map(([, path = '']) => normalize(path))
    .filter(path => !path.startsWith('..'));
}
