import {
  ConfigError,
  LockError,
  afterDeploy,
  apiWarnings,
  checkNameIsFree,
  checkPlatform,
  deviceNotes,
  diffDecisions,
  besideWarnings,
  goingWarnings,
  isEmptyDiff,
  keptWarnings,
  lockFile,
  lockText,
  meanwhileUsd,
  newStatePlace,
  numbered,
  parseLock,
  placeText,
  previewHint,
  renderDiff,
  salvageLock,
  successorsOf,
  writeLock,
  writeOutput,
} from '../config';
import type {
  Decision,
  DecisionDiff,
  Deployed,
  Environment,
  GoingUnit,
  Previous,
  Salvaged,
  StatePlace,
} from '../config';
import { readTextIfThere } from '../config/read-file';
import { usd } from '../placement/figures';
import { wholeWorkloads } from '../placement/needs';
import { stayingLines } from '../report/staying';
import { counted } from './counted';
import { decided } from './decision';
import { checkNobodyDeploys } from './deploy-mark';
import { limitsOf } from './limits';
import type { LimitFlags } from './limits';
import { loadPreview } from './load-preview';
import { endWith } from './outcomes';
import { checkUnused, withLetGo } from './let-go';
import { projectId } from './project-id';
import { UsageError } from './usage-error';

export interface PlaceCommandOptions extends LimitFlags {
  readonly today?: string;
  readonly json?: boolean;
  /** Names of what is kept that is to be kept no more. */
  readonly letGo?: readonly string[];
  /** Whether the lock that is there was deployed as it is: then what comes serves, and nothing goes. */
  readonly deployed?: boolean;
  /** Whether what is deployed counts no more than anything else. */
  readonly fresh?: boolean;
  /** Whether what a deploy of the lock would do is rehearsed and told, as `berth preview` tells it. */
  readonly preview?: boolean;
  /** Whether a lock that differs from the one before ends the command with 2. */
  readonly detailedExitcode?: boolean;
}

/**
 * A lock that is there and does not say where states are, because it is broken, must not become one that says a new place:
 * the next deploy would find nothing there and make everything anew.
 */
function checkStatesAreKnown(file: string, { backend }: Environment, salvaged: Salvaged | undefined): void {
  if (!salvaged || salvaged.previous.deployed || !backend || backend.keyPrefix !== undefined) return;
  throw new LockError([
    `${lockFile(file)}: where in ${backend.containerName} the states are (deployed) cannot be read, and without it the next deploy would make everything anew; restore that part from your version control, or state backend.keyPrefix`,
  ]);
}

/** Before anything is decided: nobody is at what stands, and it must stay. */
function checkDeployed(file: string, environment: Environment, salvaged: Salvaged | undefined): void {
  checkNobodyDeploys(file, 'place it again');
  if (salvaged?.previous.deployed) checkPlatform(file, environment, salvaged.previous.deployed);
}

/** A name that the lock does not know either is a slip, and what is deployed under the right one would be made anew. */
function checkFormerly(file: string, { workloads }: Environment, salvaged: Salvaged | undefined): void {
  if (!salvaged?.before) return;
  const placed = salvaged.before.placements.map(({ workload }) => workload);
  const problems = workloads.flatMap(({ name, formerly }, i) =>
    formerly === undefined || [name, formerly].some(each => placed.includes(each))
      ? []
      : [
          {
            source: file,
            path: `workloads[${i}].formerly`,
            message: `must be a workload of the lock (${placed.join(', ')}), got '${formerly}'; correct it, or leave it out`,
          },
        ],
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

function checkOutput({ preview, json }: PlaceCommandOptions): void {
  if (preview && json)
    throw new UsageError(
      '--preview: it is told as text, got it with --json; run berth preview --json behind',
    );
}

/**
 * Writes the lock, and shows what it changes.
 * @throws {LockError} when a newer Berth wrote the lock that is there; nothing is written then
 */
export async function place(nameOrPath: string, options: PlaceCommandOptions): Promise<void> {
  checkOutput(options);
  const { file, environment, catalog, decision, salvaged } = await decided(nameOrPath, {
    today: options.today,
    limits: limitsOf(options),
    fresh: options.fresh,
    salvaging: (environmentFile, prices) => {
      const found = salvageLock(environmentFile, prices);
      return withLetGo(found && options.deployed ? afterDeploy(found) : found, options.letGo);
    },
    check: checkDeployed,
  });
  // Deciding takes a while.
  checkNobodyDeploys(file, 'place it again');
  checkNameIsFree(file, environment.name, process.cwd());
  checkStatesAreKnown(file, environment, salvaged);
  checkFormerly(file, environment, salvaged);
  const previous = salvaged?.previous;
  const target = lockFile(file);
  const first = previous?.deployed ? undefined : { state: newStatePlace(environment, file, projectId()) };
  const written = parseLock(writeLock(environment, decision, previous, first), target, '', catalog);
  const { deployed, going } = written;
  checkUnused(options.letGo ?? [], deployed, decision, going, 'would serve');
  writeOutput(target, lockText(numbered(written, readTextIfThere(target))));
  const warnings = apiWarnings(environment, catalog.armApis, decision.asOf);
  const said = [
    ...warnings,
    ...(decision.warnings ?? []).filter(({ rule }) => rule === 'untuned' || rule === 'base-retirement'),
    ...keptWarnings(deployed, decision, going),
    ...goingWarnings(going, decision),
    ...besideWarnings(environment, decision, going),
  ];
  for (const { subject, message } of said)
    process.stderr.write(`warning ${environment.name}: ${subject}: ${message}\n`);
  const notes = [
    ...notesOf(salvaged, previous, decision),
    ...notesOfDevices(salvaged, deployed, environment),
  ];
  for (const note of notes) process.stderr.write(`note ${target}: ${note}\n`);
  if (first && environment.backend) tellFirst(first.state, environment.name);
  const hosts = [previous?.deployed?.hosts, deployed.hosts] as const;
  const diff = salvaged?.before ? diffDecisions(salvaged.before, decision, hosts) : null;
  const { letGo = [] } = options;
  const changed = diff === null || !isEmptyDiff(diff) || letGo.length > 0;
  tellPlaced({ file, lock: target, decision, going, diff, letGo, changed }, options);
  if (options.detailedExitcode && changed) endWith('changes');
  if (options.preview) await loadPreview().preview(file, {});
}

function notesOfDevices(
  salvaged: Salvaged | undefined,
  { devices = {} }: Deployed,
  environment: Environment,
): string[] {
  const before = salvaged?.previous.deployed?.devices ?? {};
  return deviceNotes(before, devices, environment, salvaged?.before?.units ?? []);
}

interface Placed {
  readonly file: string;
  readonly lock: string;
  readonly decision: Decision;
  readonly going: readonly GoingUnit[];
  /** Null where there is nothing to compare with. */
  readonly diff: DecisionDiff | null;
  readonly letGo: readonly string[];
  readonly changed: boolean;
}

function tellPlaced(
  { decision, going, diff, letGo, ...placed }: Placed,
  { json }: PlaceCommandOptions,
): void {
  const { environment, asOf, monthlyUsd, placements, units } = decision;
  if (json) {
    const { file, lock, changed } = placed;
    const counts = { workloads: wholeWorkloads(placements), units: units.length };
    const goes = going.map(each => ({
      unit: each.unit.id,
      workloads: each.placements.map(({ workload }) => workload),
      successors: successorsOf(each, decision),
      served: each.served,
      monthlyUsd: each.unit.monthlyUsd,
    }));
    const meanwhile = { going: goes, meanwhileUsd: meanwhileUsd(going, decision) };
    const result = {
      file,
      lock,
      environment,
      asOf,
      monthlyUsd,
      ...meanwhile,
      ...counts,
      changed,
      diff,
      stays: placements.flatMap(({ workload, unit, stays }) => (stays ? [{ workload, unit, ...stays }] : [])),
      leaves: placements.flatMap(({ workload, leaves }) => (leaves ? [{ workload, ...leaves }] : [])),
      letGo,
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    `${placed.lock}: ${counted(wholeWorkloads(placements), 'workload')} on ${counted(units.length, 'unit')}, $${monthlyUsd.toFixed(2)} a month\n`,
  );
  if (diff) process.stdout.write(isEmptyDiff(diff) ? 'nothing moved\n' : `${renderDiff(diff)}\n`);
  for (const line of stayingLines(placements)) process.stdout.write(`${line}\n`);
  if (going.length > 0)
    process.stdout.write(
      `until what goes is gone, all of it costs ${usd(meanwhileUsd(going, decision))} a month; berth deploy lets it go, and after cdktf deploy berth place --deployed does\n`,
    );
  if (diff && !isEmptyDiff(diff)) process.stdout.write(`${previewHint(environment)}\n`);
  for (const name of letGo)
    process.stdout.write(`${name} is let go: the next deploy destroys it, with all that it holds\n`);
}

/** A lock that was lost looks like a first one, and its states are elsewhere. */
function tellFirst(place: StatePlace, environment: string): void {
  process.stderr.write(
    `placed for the first time, so its states will be ${placeText(place, environment)}; if ${environment} is deployed already, take its lock back from version control instead\n`,
  );
}

/** What was lost of the lock before, and what of it still counts though nothing moved now. */
function notesOf(
  salvaged: Salvaged | undefined,
  previous: Previous | undefined,
  decision: Decision,
): string[] {
  if (!salvaged || !previous) return [];
  const kept = previous.moves.filter(({ workload, from }) =>
    decision.placements.some(placement => placement.workload === workload && placement.venue !== from),
  );
  const moves = kept.map(({ workload, from, to }) => `${workload} from ${from} to ${to}`).join(', ');
  return [
    ...salvaged.lost,
    ...(salvaged.before
      ? []
      : ['what changed cannot be shown, because the decision before could not be read whole']),
    ...(moves === ''
      ? []
      : [`it still holds the order of earlier moves (${moves}); when those are deployed, add --deployed`]),
  ];
}
