import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import {
  catalog,
  decide,
  lockFile,
  lockText,
  newStatePlace,
  numbered,
  parseEnvironment,
  parseLock,
  writeLock,
  writeOutput,
} from '../config';
import { shown } from '../text/shown';
import { dayOf } from './decision';
import { projectFiles } from './init/project-files';
import type { ProjectChoices } from './init/project-files';
import { UsageError } from './usage-error';

export interface InitOptions {
  /** Name of the environment. @default dev */
  readonly name?: string;
  /** Subscription to deploy to. @default - an example, which the team replaces */
  readonly subscription?: string;
  /** @default swedencentral */
  readonly location?: string;
  /** Storage account that keeps Terraform's states. @default - an example, which the team replaces */
  readonly stateAccount?: string;
  readonly today?: string;
}

/**
 * Writes a team's repository: an environment with its lock, the app, a test of its plan, and workflows from pull request to
 * deploy. Everything is made before anything is written.
 * @throws {UsageError} naming each file that is there already; nothing is written then
 */
export async function init(directory: string, options: InitOptions): Promise<void> {
  const target = resolve(directory);
  const choices = choicesOf(target, options);
  const written = projectFiles(choices);
  const file = join('config', 'environments', `${choices.environment}.yaml`);
  checkFree(directory, [...Object.keys(written), lockFile(file)]);
  const lock = await lockOf(file, written[file] ?? '', choices, options.today);
  const files = { ...written, [lockFile(file)]: lock };
  for (const [each, text] of Object.entries(files))
    writeOutput(join(target, each), text, { makeDirectories: true });
  process.stdout.write(told(target, Object.keys(files), choices, file));
}

function checkFree(directory: string, files: readonly string[]): void {
  const there = files.filter(each => existsSync(join(directory, each)));
  if (there.length === 0) return;
  const them = there.length === 1 ? 'it' : 'them';
  throw new UsageError(
    `${directory}: a folder without ${there.join(', ')} is needed, got one with ${them}; name another folder, or move ${them} away`,
  );
}

function choicesOf(target: string, options: InitOptions): ProjectChoices {
  const { name = 'dev', location = 'swedencentral', subscription, stateAccount } = options;
  // What npm allows in a name.
  const project = basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  if (!/^[a-z][a-z0-9]{0,11}$/.test(name))
    throw new UsageError(
      `--name: 1 to 12 lower-case letters and digits that start with a letter are allowed, got '${shown(name)}'; name it like dev`,
    );
  return {
    project: project === '' ? 'models' : project,
    projectId: randomUUID(),
    environment: name,
    location,
    subscription,
    stateAccount,
  };
}

async function lockOf(
  file: string,
  text: string,
  { projectId }: ProjectChoices,
  today: string | undefined,
): Promise<string> {
  const environment = parseEnvironment(parse(text), file);
  const decision = await decide(environment, catalog, { asOf: dayOf(today) });
  const first = { state: newStatePlace(environment, file, projectId) };
  const lock = writeLock(environment, decision, undefined, first);
  return lockText(numbered(parseLock(lock, lockFile(file), '', catalog)));
}

/** The next steps, in the order in which they are taken. */
function told(
  target: string,
  files: readonly string[],
  { environment, subscription, stateAccount }: ProjectChoices,
  file: string,
): string {
  const there = relative(process.cwd(), target);
  const examples = [
    ...(subscription === undefined ? ['azure.subscriptionId'] : []),
    ...(stateAccount === undefined ? ['backend.storageAccountName'] : []),
  ];
  const lines = [
    ...files.map(each => `wrote ${join(there, each)}`),
    '',
    'next:',
    ...(there === '' ? [] : [`  cd ${there}`]),
    '  npm install && npm test    # a rehearsed deploy, without an account; writes the snapshot of the plan',
    `  npx berth explain ${environment}      # where the workload goes, and why`,
    ...(examples.length === 0
      ? []
      : [
          `then write your own ${examples.join(' and ')} into ${file} and, as nothing is deployed yet:`,
          `  rm ${lockFile(file)} && npx berth place ${environment}`,
        ]),
    'commit all of it, with package-lock.json and the snapshot; docs/delivery.md of cdktf-berth says who may deploy',
  ];
  return `${lines.join('\n')}\n`;
}
