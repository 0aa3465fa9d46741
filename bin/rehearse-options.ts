import { statSync } from 'node:fs';
import { faultNames } from '../rehearsal/run';
import type { Fault, FaultName } from '../rehearsal/run';
import { closest } from '../text/closest';
import { UsageError } from './usage-error';

/** What stands behind `berth rehearse <target>`, as commander has it. */
export interface RehearseFlags {
  readonly keep?: boolean;
  readonly allowPrograms?: boolean;
  readonly fault?: readonly string[];
  readonly existing?: readonly string[];
  readonly var?: readonly string[];
  readonly varFile?: readonly string[];
  readonly planSnapshot?: string;
  readonly update?: boolean;
  readonly junit?: string;
  readonly with?: string;
  readonly json?: boolean;
}

/** The same, understood. */
export interface RehearseOptions {
  readonly keep: boolean;
  readonly allowPrograms: boolean;
  readonly faults: readonly Fault[];
  /** ARM ids. */
  readonly existing: readonly string[];
  readonly planSnapshot?: string;
  /** Whether a snapshot that differs is replaced without a failure, also in CI. */
  readonly update: boolean;
  readonly junit?: string;
  readonly withReal: boolean;
  /** Whether the result is printed for scripts. */
  readonly json: boolean;
}

/** @throws UsageError with all that is wrong at once */
export function rehearseOptions(flags: RehearseFlags): RehearseOptions {
  const { keep = false, fault: texts = [], existing = [], planSnapshot, junit, json = false } = flags;
  const { with: providers, allowPrograms = false, update = false } = flags;
  const wrong: string[] = [];
  const faults = texts.flatMap(text => {
    const fault = parseFault(text);
    if (typeof fault !== 'string') return [fault];
    wrong.push(fault);
    return [];
  });
  for (const id of existing.filter(each => !/^\/subscriptions\/[^/]+\/./.test(each))) {
    wrong.push(
      `--existing: an ARM id is allowed, got '${id}'; write it like /subscriptions/…/resourceGroups/…`,
    );
  }
  if (providers !== undefined && providers !== 'real') {
    wrong.push(`--with: real is allowed, got '${providers}'; leave it out to use the simulated providers`);
  }
  if (planSnapshot !== undefined && texts.length > 0) {
    wrong.push('--plan-snapshot: a plan without failures is needed; leave out --fault, or this');
  }
  if (update && planSnapshot === undefined) {
    wrong.push('--update: a snapshot is needed to update; name its file with --plan-snapshot');
  }
  for (const [flag, file] of [
    ['--plan-snapshot', planSnapshot],
    ['--junit', junit],
  ] as const) {
    if (file !== undefined && isDirectory(file))
      wrong.push(`${flag}: a file is allowed, got the directory '${file}'; name a file in it`);
  }
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return {
    keep,
    allowPrograms,
    faults,
    existing,
    planSnapshot,
    update,
    junit,
    json,
    withReal: providers === 'real',
  };
}

/** A failure written as `name`, `name@nth`, `name:resource` or `name@nth:resource`; a text says what is wrong. */
function parseFault(text: string): Fault | string {
  const [, name = '', nth, resource] = /^([^@:]*)(?:@([^:]*))?(?::(.*))?$/s.exec(text) ?? [];
  if (!isFaultName(name)) {
    const near = closest(name, faultNames, 1).join();
    return `--fault: one of ${faultNames.join(', ')} is allowed, got '${name}'; did you mean ${near}?`;
  }
  if (nth !== undefined && !/^[1-9]\d*$/.test(nth)) {
    return `--fault ${text}: the number of an operation, from 1, is allowed after @, got '${nth}'; write it like ${name}@3`;
  }
  if (resource === '') {
    return `--fault ${text}: a Terraform type or an ARM id, with * for any text, is needed after the colon, got nothing; write it like ${name}:azurerm_key_vault`;
  }
  return {
    name,
    ...(nth === undefined ? {} : { nth: Number(nth) }),
    ...(resource === undefined ? {} : { resource }),
  };
}

function isFaultName(name: string): name is FaultName {
  return (faultNames as readonly string[]).includes(name);
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
