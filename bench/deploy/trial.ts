import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from '../../rehearsal/process/execute';
import type { Execution } from '../../rehearsal/process/execute';
import { faultsOf, refusalOf } from './moments';
import type { Failing } from './moments';
import { DeployProject, madeIn } from './project';
import type { Undisturbed } from './undisturbed';

/** What came of a deploy in which stacks fail, and of the one after it. */
export interface TrialResult {
  readonly failing: Failing;
  /** What is wrong; empty when it went as it should. */
  readonly problems: readonly string[];
  /** Of the stacks that failed, those beside which others were at work. */
  readonly besideOthers: readonly string[];
}

/**
 * Deploys an environment by the real `berth deploy` while stacks fail, and then again without a failure.
 * @param undisturbed what a deploy without failures comes to
 */
export async function tryDeploy(undisturbed: Undisturbed, failing: Failing): Promise<TrialResult> {
  const project = await DeployProject.open(undisturbed.environment, {
    faults: faultsOf(failing, undisturbed.made),
  });
  try {
    project.states.refuse = refusalOf(failing, stack => hasCompany(undisturbed, failing, stack));
    const first = await project.berth('deploy', ['--auto-approve', '--json'], weightsFor(project, failing));
    const { requests } = project.states;
    const besideOthers = [...failing.keys()].filter(
      stack => (requests.findLast(({ state }) => state === stack)?.beside ?? 0) > 0,
    );
    const unfinished = outcomeProblems(undisturbed, failing, first);
    const left = leftProblems(project, failing);
    project.states.refuse = undefined;
    const rerun = await runAgain(project, undisturbed);
    return { failing, problems: [...unfinished, ...left, ...rerun], besideOthers };
  } finally {
    await project.close();
  }
}

/** Whether another stack can be at work when one fails: one that needs none that fails, nor what all wait for. */
function hasCompany({ needs }: Undisturbed, failing: Failing, stack: string): boolean {
  const waitsFor = (name: string): readonly string[] => needs.get(name) ?? [];
  return [...needs.keys()].some(name => {
    const moment = failing.get(name);
    const works = moment !== 'init' && moment !== 'lock';
    return name !== stack && works && waitsFor(name).every(each => each !== stack && !failing.has(each));
  });
}

/** A folder of weights in which a device's stack finds nothing, not all, or what is not what it should be. */
function weightsFor(
  { directory, rehearsal, environment }: DeployProject,
  failing: Failing,
): NodeJS.ProcessEnv {
  const moment = failing.get(`${environment}-edge`);
  const whole = rehearsal.environment().TF_VAR_weights_dir;
  if (whole === undefined || (moment !== 'first' && moment !== 'middle' && moment !== 'last')) return {};
  const folder = join(directory, 'weights');
  mkdirSync(folder);
  if (moment !== 'first') cpSync(whole, folder, { recursive: true });
  // The engine is uploaded first, then the weights.
  for (const name of readdirSync(folder).filter(each => each.endsWith('.gguf'))) {
    if (moment === 'middle') rmSync(join(folder, name));
    else writeFileSync(join(folder, name), 'cut off');
  }
  return { TF_VAR_weights_dir: folder };
}

interface Report {
  readonly stacks: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly because?: readonly string[];
  }[];
}

/** How stacks ended against how they should: failed, not tried for want of one that failed, or deployed all the same. */
function outcomeProblems(
  { needs }: Undisturbed,
  failing: Failing,
  { status, stdout, stderr }: Execution,
): string[] {
  const wanted = [...needs].map(([name, needed]) => {
    const because = needed.filter(each => failing.has(each));
    if (because.length > 0) return `${name}: not tried, ${because.join(', ')}`;
    return `${name}: ${failing.has(name) ? 'failed' : 'deployed'}`;
  });
  const trace = /SIGKILL|signal: killed|UnhandledPromiseRejection|node:internal|\s{2,}at .+:\d+:\d+/.exec(
    stderr,
  )?.[0];
  const right = status === (failing.size > 0 ? 6 : 0) && stdout.startsWith('{');
  if (!right) return [`status ${status}: ${stdout}${stderr.slice(-2000)}`];
  const found = (JSON.parse(stdout) as Report).stacks.map(
    ({ name, outcome, because = [] }) => `${name}: ${[outcome, ...because].join(', ')}`,
  );
  return [
    ...(trace === undefined ? [] : [`a Terraform was killed, or a stack trace told: ${trace}`]),
    ...found.filter(each => !wanted.includes(each)).map(each => `unexpected, ${each}`),
  ];
}

/** Locks that nobody gave back, and what a Terraform that is killed leaves: things that no state knows. */
function leftProblems(project: DeployProject, failing: Failing): string[] {
  const known = new Set(project.stacks().flatMap(stack => project.resources(stack) ?? []));
  const unsaved = [...failing].filter(([, moment]) => moment === 'save').map(([stack]) => stack);
  for (const stack of unsaved) for (const id of project.unsavedResources(stack)) known.add(id);
  return [
    ...project.locks().map(lock => `locked: ${lock}`),
    ...madeIn(project.rehearsal)
      .filter(id => !known.has(id))
      .map(id => `in Azure and in no state: ${id}`),
  ];
}

/** The same command again, after what Berth says about states that were not saved; then all must be there and no plan change it. */
async function runAgain(project: DeployProject, { resources }: Undisturbed): Promise<string[]> {
  const unsaved = project.stacks().filter(stack => existsSync(join(project.stack(stack), 'errored.tfstate')));
  const refused = unsaved.length > 0 ? await project.berth('deploy', ['--auto-approve']) : undefined;
  const silent = unsaved.filter(
    stack => refused?.status !== 69 || !refused.stderr.includes(`the state of ${stack} could not be saved`),
  );
  for (const stack of unsaved) {
    await terraform(project, stack, 'state', 'push', 'errored.tfstate');
    rmSync(join(project.stack(stack), 'errored.tfstate'));
  }
  const { status, stdout, stderr } = await project.berth('deploy', ['--auto-approve', '--json']);
  const plans = await Promise.all(
    project.stacks().map(async stack => {
      const planned = await terraform(
        project,
        stack,
        'plan',
        '-detailed-exitcode',
        '-input=false',
        '-no-color',
      );
      return planned === 0 ? [] : [`the plan of ${stack} ends with ${planned}`];
    }),
  );
  return [
    ...silent.map(stack => `nothing is said of the state of ${stack}, which was not saved`),
    ...(status === 0 ? [] : [`the rerun ends with ${status}: ${stdout}${stderr.slice(-2000)}`]),
    ...plans.flat(),
    ...project.locks().map(lock => `locked after the rerun: ${lock}`),
    ...(madeIn(project.rehearsal).join() === resources.join()
      ? []
      : ['after the rerun there is something else than without failures']),
  ];
}

async function terraform(project: DeployProject, stack: string, ...args: readonly string[]): Promise<number> {
  const { path } = project.rehearsal.terraform;
  const { status } = await execute(path, args, {
    directory: project.stack(stack),
    environment: project.variables,
  });
  return status;
}
