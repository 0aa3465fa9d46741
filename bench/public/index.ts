import { basename, resolve } from 'node:path';
import { groupBy } from '../../placement/collections';
import { rehearseLife } from '../../rehearsal/run';
import { execute } from '../../rehearsal/process/execute';
import { exampleFolders } from './example-folders';
import type { Example } from './example-folders';
import { madeUpValues } from './made-up-values';
import { kindOf } from './kind';

/** What of the examples to rehearse. */
interface PublicOptions {
  /** Every how many of them. */
  readonly every: number;
  /** Only folders whose path has this in it. @default - all */
  readonly only?: string;
}

/** What came of one example. */
interface Outcome {
  readonly example: Example;
  /** Whether it asks for another version of a provider than the one rehearsed, which is a finding, too. */
  readonly otherVersion: boolean;
  /** What else was found, the first thing first; nothing where it passed. */
  readonly findings: readonly string[];
}

/**
 * Rehearses the examples below a directory, one after the other, each as `berth rehearse` does, with made-up values for variables that
 * nobody gives one. What a checkout holds is never kept.
 * @param tell told of each example
 * @returns how many passed, and why the others did not, by kind
 */
export async function reportPublic(
  directory: string,
  { every, only = '' }: PublicOptions,
  tell: (line: string) => void,
): Promise<string> {
  const all = await exampleFolders(resolve(directory));
  const chosen = all.filter(({ name }, i) => i % every === 0 && name.includes(only));
  const outcomes: Outcome[] = [];
  for (const example of chosen) {
    const outcome = await outcomeOf(example);
    outcomes.push(outcome);
    const [first] = outcome.findings;
    tell(first === undefined ? `passes  ${example.name}` : `fails   ${example.name}: ${shortened(first)}`);
  }
  return [`${await sourceOf(directory)}`, ...summary(all.length, outcomes)].join('\n');
}

async function outcomeOf(example: Example): Promise<Outcome> {
  const { directory, content } = example;
  try {
    const { findings, otherVersions } = await rehearseLife(
      { directory },
      { variables: madeUpValues(content) },
    );
    const others = findings.filter(finding => !otherVersions.includes(finding));
    return { example, otherVersion: otherVersions.length > 0, findings: others };
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    return { example, otherVersion: false, findings: [reason] };
  }
}

/** What was rehearsed, so that somebody else can check it out. */
async function sourceOf(directory: string): Promise<string> {
  const git = async (...words: readonly string[]): Promise<string | undefined> => {
    const { status, stdout } = await execute('git', words, { directory, environment: process.env });
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = await git('rev-parse', 'HEAD');
  const from = await git('remote', 'get-url', 'origin');
  return `${from ?? basename(resolve(directory))}, ${commit === undefined ? 'which is no checkout' : `commit ${commit}`}`;
}

function summary(of: number, outcomes: readonly Outcome[]): string[] {
  const passed = outcomes.filter(({ findings }) => findings.length === 0);
  const failed = outcomes.filter(({ findings }) => findings.length > 0);
  const share = outcomes.length === 0 ? 0 : (100 * passed.length) / outcomes.length;
  const others = passed.filter(({ otherVersion }) => otherVersion).length;
  return [
    `${passed.length} of ${outcomes.length} examples pass (${share.toFixed(1)} %)${outcomes.length < of ? `, of ${of} that are there` : ''}`,
    `${others} of them ${others === 1 ? 'asks' : 'ask'} for another version of a provider than the one rehearsed, which is said, and is the only finding`,
    ...byKind(failed),
  ];
}

function byKind(failed: readonly Outcome[]): string[] {
  const kinds = groupBy(failed, ({ findings }) => kindOf(findings[0] ?? ''));
  const sorted = [...kinds].sort(([, some], [, others]) => others.length - some.length);
  return sorted.flatMap(([kind, some]) => [
    `${some.length} × ${kind}`,
    ...some.map(({ example, findings }) => `      ${example.name}: ${shortened(findings[0] ?? '')}`),
  ]);
}

function shortened(finding: string): string {
  const line = finding.replace(/\s+/g, ' ');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
