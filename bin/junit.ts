import { said } from '../rehearsal/run';
import type { RehearsalResult, StackPlan, StackResult } from '../rehearsal/run';

/** A test case of JUnit. */
interface Case {
  readonly name: string;
  /** What went wrong; empty when nothing did. */
  readonly failures: readonly string[];
  readonly skipped?: boolean;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** What a report says beside what was found. */
interface Extra {
  /** How long it took. Unit: seconds. */
  readonly seconds: number;
  /** The snapshot that was asked for. @default - none was */
  readonly snapshot?: { readonly file: string; readonly failure?: string };
}

/** A rehearsal as JUnit XML: a suite a step, a case a stack. @param name what was rehearsed */
export function junitOfResult(name: string, result: RehearsalResult, { seconds, snapshot }: Extra): string {
  const { stacks, secondPlan, realPlan, drift, destroyed, leftovers } = result;
  const left = [...leftovers.resources.map(({ id }) => id), ...leftovers.inState, ...leftovers.units];
  return document(name, seconds, [
    { name: 'deploy', cases: stacks.map(ofStack) },
    ...(realPlan ? [{ name: 'plan with the real providers', cases: realPlan.map(ofPlan) }] : []),
    { name: 'second plan', cases: secondPlan.map(ofSecondPlan) },
    ...(drift ? [{ name: 'drift', cases: ofDrift(drift) }] : []),
    { name: 'destroy', cases: destroyed.map(ofStack) },
    { name: 'leftovers', cases: [{ name: 'nothing is left', failures: left.map(what => `left: ${what}`) }] },
    ...(result.otherVersions.length > 0
      ? [{ name: 'versions', cases: [{ name: 'are those rehearsed', failures: result.otherVersions }] }]
      : []),
    ...(snapshot ? [{ name: 'plan snapshot', cases: [ofSnapshot(snapshot)] }] : []),
  ]);
}

/** A rehearsal that did not come about. */
export function junitOfError(name: string, message: string, seconds: number): string {
  return document(name, seconds, [{ name: 'start', cases: [{ name, failures: [message] }] }]);
}

function ofSnapshot({ file, failure }: NonNullable<Extra['snapshot']>): Case {
  return { name: file, failures: failure === undefined ? [] : [failure] };
}

function ofStack({ name, ok, skipped, diagnostics }: StackResult): Case {
  return { name, skipped, failures: ok || skipped ? [] : errorsOf(diagnostics) };
}

function ofPlan({ name, ok, diagnostics }: StackPlan): Case {
  return { name, failures: ok ? [] : errorsOf(diagnostics) };
}

function ofSecondPlan(plan: StackPlan): Case {
  const changes = plan.changes.map(({ address, actions }) => `${address} would ${actions.join(' and ')}`);
  const outputs = plan.outputs.map(output => `output ${output} would change`);
  const { name, failures } = ofPlan(plan);
  return { name, failures: [...failures, ...changes, ...outputs] };
}

function ofDrift({ id, attribute, found, repaired }: NonNullable<RehearsalResult['drift']>): Case[] {
  const of = `the change of ${attribute} of ${id}`;
  return [
    { name: 'found by the next plan', failures: found.length > 0 ? [] : [`${of} was not found`] },
    { name: 'repaired by the next deploy', failures: repaired ? [] : [`${of} was not repaired`] },
  ];
}

function errorsOf(diagnostics: StackResult['diagnostics']): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const texts = errors.map(said);
  return texts.length > 0 ? texts : ['failed, and Terraform gave no reason'];
}

function document(name: string, seconds: number, suites: readonly Suite[]): string {
  const counts = (of: readonly Suite[]): string => {
    const cases = of.flatMap(suite => suite.cases);
    const failed = cases.filter(({ failures }) => failures.length > 0).length;
    return `tests="${cases.length}" failures="${failed}" skipped="${cases.filter(({ skipped }) => skipped).length}"`;
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(`berth rehearse ${name}`)}" ${counts(suites)} time="${seconds.toFixed(1)}">`,
    ...suites.flatMap(suite => [
      `  <testsuite name="${escaped(suite.name)}" ${counts([suite])}>`,
      ...suite.cases.flatMap(each => caseLines(`${name}.${suite.name}`, each)),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

function caseLines(className: string, { name, failures, skipped }: Case): string[] {
  const head = `    <testcase classname="${escaped(className)}" name="${escaped(name)}"`;
  if (skipped) return [`${head}><skipped message="a stack before it failed"/></testcase>`];
  if (failures.length === 0) return [`${head}/>`];
  const message = (failures[0] as string).split('\n')[0] as string;
  return [
    `${head}>`,
    `      <failure message="${escaped(message)}">${escaped(failures.join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

/** Text for XML 1.0, which has no place for control characters and half surrogates, escaped or not. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- colours of a terminal
      .replace(/\u001b\[[0-9;]*m/g, '')
      .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  );
}
