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
  const options = rehearseOptions(flags);
  const variables = await givenVariables(flags.varFile ?? [], flags.var ?? []);
  try {
    await findTerraform();
    const { result, before, report } = await rehearseTarget(target, { ...options, variables });
    print(options.json ? jsonOf(result) : `\n${before}${report}`);
    if (options.junit !== undefined) write(options.junit, junitOfResult(target, result));
    if (options.planSnapshot !== undefined)
      keepSnapshot(options.planSnapshot, result, options.json ? note : print);
    if (result.directory) (options.json ? note : print)(`kept: ${result.directory}`);
    if (!result.ok) endWith('findings');
  } catch (error) {
    if (options.junit !== undefined) write(options.junit, junitOfError(target, (error as Error).message));
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
      deployWith: snapshot === undefined ? 'cdktf' : 'terraform',
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

/** In CI a snapshot that differs from the committed one fails the run, but it is written all the same. */
function keepSnapshot(file: string, result: RehearsalResult, tell: (line: string) => void): void {
  if (result.stacks.some(({ plan }) => plan === undefined)) {
    tell(`${file} is not written: not every stack could be planned`);
    return;
  }
  const { changed, lines } = writeSnapshot(file, planSnapshot(result));
  tell(`\n${section('Plan snapshot', lines)}`);
  if (changed && isSet(process.env.CI)) endWith('findings');
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
