import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import {
  decide,
  environmentFile,
  environmentFiles,
  environmentsDirectory,
  renderTable,
  writeOutput,
} from '../config';
import { findTerraform, rehearseLife } from '../rehearsal/run';
import type { LifeOptions, RehearsalResult, Target } from '../rehearsal/run';
import { planSnapshot } from '../testing';
import { isColoured } from './colours';
import { junitOfError, junitOfResult } from './junit';
import { endWith } from './outcomes';
import { isSet, progressView } from './progress-view';
import { rehearsedEnvironment } from './rehearsed-environment';
import { rehearsalReport, section } from './rehearsal-report';
import { givenVariables } from './given-variables';
import type { Variables } from './given-variables';
import { isDirectory, rehearseOptions } from './rehearse-options';
import type { RehearseFlags, RehearseOptions } from './rehearse-options';
import { writeSnapshot } from './snapshot-file';
import { UsageError } from './usage-error';

/** The result of a rehearsal, and what there is to say of it besides. */
interface Rehearsed {
  readonly result: RehearsalResult;
  /** What is said before the report. */
  readonly before: string;
  readonly report: string;
}

/** What is asked for, with values of Terraform variables. */
type Asked = RehearseOptions & { readonly variables: Variables };

/** The main job, offline: stacks are deployed by the real cdktf and Terraform against a simulated Azure. */
export async function rehearse(target: string, flags: RehearseFlags): Promise<void> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const options = rehearseOptions(flags);
    const variables = await givenVariables(flags.varFile ?? [], flags.var ?? []);
    await findTerraform();
    const { result, before, report } = await rehearseTarget(target, { ...options, variables });
    print(options.json ? jsonOf(result) : `\n${before}${report}`);
    const snapshot = keepSnapshot(options, result, options.json ? note : print);
    if (options.junit !== undefined)
      write(
        options.junit,
        junitOfResult(target, result, { seconds: seconds(), ...(snapshot && { snapshot }) }),
      );
    if (result.directory) (options.json ? note : print)(`kept: ${result.directory}`);
    if (!result.ok || snapshot?.failure !== undefined) endWith('findings');
  } catch (error) {
    const { junit } = flags;
    if (junit !== undefined && !isDirectory(junit))
      write(junit, junitOfError(target, (error as Error).message, seconds()));
    throw error;
  }
}

function rehearseTarget(target: string, options: Asked): Promise<Rehearsed> {
  const names = environmentFiles(process.cwd()).map(file => basename(file, extname(file)));
  if (names.includes(target)) return rehearseEnvironment(target, options);
  if (isDirectory(target)) return rehearseDirectory(target, options);
  if (existsSync(target) || extname(target) !== '') return rehearseEnvironment(target, options);
  const known = names.length > 0 ? ` (${names.join(', ')})` : '';
  throw new UsageError(
    `an environment of ${environmentsDirectory}${known}, the file of one, or a directory (of a cdktf app, of its output, or of Terraform files) is allowed, got '${target}'; name one of them`,
  );
}

async function rehearseDirectory(directory: string, options: Asked): Promise<Rehearsed> {
  const result = await life({ directory }, options);
  return { result, before: '', report: rehearsalReport(result) };
}

/** What the lock of an environment says. */
async function rehearseEnvironment(nameOrPath: string, options: Asked): Promise<Rehearsed> {
  const file = environmentFile(nameOrPath, process.cwd());
  const { environment, catalog, lock, target, fixtures, existing, directory } = rehearsedEnvironment(file);
  // Decided anew for the day of the lock, because a lock holds no alternatives to show.
  const decision = await decide(environment, catalog, { asOf: lock.decision.asOf });
  const result = await life(target, options, { fixtures, existing });
  const before = `${renderTable(decision, { colour: isColoured(process.stdout) })}\n\n`;
  return { result, before, report: rehearsalReport(result, directory()) };
}

async function life(
  target: Target,
  { keep, allowPrograms, faults, existing, planSnapshot: snapshot, withReal, variables }: Asked,
  { existing: named = [], ...more }: LifeOptions = {},
): Promise<RehearsalResult> {
  const view = progressView(process.stderr);
  try {
    return await rehearseLife(target, {
      // The cdktf CLI keeps its plans to itself.
      deployWith: snapshot === undefined && !withReal ? 'cdktf' : 'terraform',
      keep,
      allowPrograms,
      faults,
      withReal,
      variables,
      existing: [...named, ...existing],
      onProgress: view.listen,
      ...more,
    });
  } finally {
    view.end();
  }
}

/** Writes the snapshot that was asked for. In CI one that differs from the committed one, or is not there, fails the run. */
function keepSnapshot(
  { planSnapshot: file, update }: RehearseOptions,
  result: RehearsalResult,
  tell: (line: string) => void,
): { readonly file: string; readonly failure?: string } | undefined {
  if (file === undefined) return undefined;
  if (result.stacks.some(({ plan }) => plan === undefined)) {
    const failure = `${file} is not written: not every stack could be planned`;
    tell(failure);
    return { file, failure };
  }
  const { failure, lines } = writeSnapshot(file, planSnapshot(result), {
    ci: isSet(process.env.CI),
    update,
  });
  tell(`\n${section('Plan snapshot', lines)}`);
  return failure === undefined ? { file } : { file, failure };
}

function write(file: string, text: string): void {
  writeOutput(file, text, { makeDirectories: true });
}

/** The shape is a promise to scripts: keys may be added, none changes. */
function jsonOf({ ok, findings, stacks, secondPlan, leftovers, directory }: RehearsalResult): string {
  const value = {
    ok,
    findings,
    stacks: stacks.map(({ name, ok: deployed, skipped, resources }) => ({
      name,
      deployed: deployed && !skipped,
      resources: resources.length,
    })),
    secondPlan: secondPlan.map(({ name, changes, outputs }) => ({ name, changes, outputs })),
    leftovers: {
      resources: leftovers.resources.map(({ id }) => id),
      inState: leftovers.inState,
      units: leftovers.units,
    },
    directory: directory ?? null,
  };
  return JSON.stringify(value, null, 2);
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
