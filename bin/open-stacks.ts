import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFile, loadCatalog, loadEnvironment, lockFile, readCheckedLock } from '../config';
import type { Environment, Lock } from '../config';
import { readText } from '../config/read-file';
import { execute } from '../rehearsal/process/execute';
import { Guard } from '../rehearsal/process/guard';
import { SynthesisFailed, Unrehearsable, findCdktf, findTerraform } from '../rehearsal/run';
import type { CdktfProgram, Stack } from '../rehearsal/run';
import { readAssembly } from '../rehearsal/run/stack';
import { takeDownVariable } from '../stacks/protection';
import { markAtWork } from './deploy-mark';
import type { Work } from './deploy-mark';
import { checkSavedStates } from './stack-check';
import { StackTerraform } from './stack-terraform';

/** Where the CLI puts what it synthesises: state files of Berth's stacks lie relative to it. */
export const output = 'cdktf.out';

/** What every command about the stacks of an environment stands on. */
export interface OpenStacks {
  /** File of the environment. */
  readonly file: string;
  readonly environment: Environment;
  readonly lock: Lock;
  /** Text of the lock's file, by which another placement is noticed. */
  readonly lockText: string;
  readonly terraform: StackTerraform;
  readonly cli: CdktfProgram;
  /** Of the project. */
  readonly directory: string;
  /** The whole environment of the CLI. */
  readonly variables: NodeJS.ProcessEnv;
  /** Takes charge of each process. */
  readonly guard: Guard;
  /** Synthesises the app, as its lock is now, and reads the stacks that it is about. */
  readonly synthesised: () => Promise<readonly Stack[]>;
}

interface OpenOptions {
  /** Roles of the stacks that it is about. @default - all */
  readonly only?: (lock: Lock) => readonly string[] | undefined;
}

/** Opens the stacks of an environment for one command at a time, and leaves no process and no mark behind. */
export async function withStacks(
  work: Work,
  nameOrPath: string,
  { only }: OpenOptions,
  act: (open: OpenStacks) => Promise<void>,
): Promise<void> {
  const directory = process.cwd();
  const file = environmentFile(nameOrPath, directory);
  const environment = loadEnvironment(file);
  const lock = readCheckedLock(file, environment, loadCatalog(file, environment));
  const lockText = readText(lockFile(file));
  const roles = only?.(lock);
  checkSavedStates(work, output);
  const [binary, cli] = [await findTerraform(), await findCdktf(directory)];
  const variables = variablesOf(work, file, environment);
  const release = markAtWork(file, work);
  const guard = new Guard();
  const synthesised = async (): Promise<readonly Stack[]> => {
    await synthesise(cli.file, directory, variables, guard);
    return stacksOf(environment.name, join(directory, output), roles);
  };
  const terraform = new StackTerraform(binary, process.env, guard.watch);
  try {
    await act({
      file,
      environment,
      lock,
      lockText,
      terraform,
      cli,
      directory,
      variables,
      guard,
      synthesised,
    });
  } finally {
    release();
    await guard.dismiss();
  }
}

function variablesOf(work: Work, file: string, { name }: Environment): NodeJS.ProcessEnv {
  return {
    ...process.env,
    BERTH_ENV: file,
    ...(work === 'destroy' ? { [takeDownVariable]: name } : {}),
  };
}

async function synthesise(
  cli: string,
  directory: string,
  environment: NodeJS.ProcessEnv,
  guard: Guard,
): Promise<void> {
  if (!existsSync(join(directory, 'cdktf.json'))) {
    throw new Unrehearsable(
      `${directory} is no cdktf project: there is no cdktf.json; run it where the app is`,
    );
  }
  const args = [cli, 'synth', '--output', output];
  const options = { directory, environment, onStart: guard.watch };
  const { status, stdout, stderr } = await execute(process.execPath, args, options);
  if (status !== 0) throw new SynthesisFailed((stderr || stdout).trim());
}

function stacksOf(environment: string, directory: string, only?: readonly string[]): Stack[] {
  const stacks = readAssembly(directory).stacks.filter(({ name }) => name.startsWith(`${environment}-`));
  if (stacks.length === 0)
    throw new Unrehearsable(
      `the app of this directory has no stack named ${environment}-…: does its main file call berthApp, or new EnvironmentStacks?`,
    );
  const wanted = only?.map(role => `${environment}-${role}`);
  return wanted ? stacks.filter(({ name }) => wanted.includes(name)) : stacks;
}
