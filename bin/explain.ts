import {
  catalog,
  compareDecisions,
  comparisonWithin,
  conditionsOf,
  environmentFile,
  explain as explained,
  factsOf,
  besideWarnings,
  goingWarnings,
  hostsSince,
  isEmptyDiff,
  isLockFile,
  keptWarnings,
  markdownWithin,
  readLockFile,
  renderComparison,
  renderComparisonJson,
  renderJson,
  renderReport,
  renderTable,
  writeOutput,
} from '../config';
import type { Compared, Within } from '../config';
import { isColoured } from './colours';
import { decided } from './decision';
import { limitsOf } from './limits';
import { loadPreview } from './load-preview';
import type { LimitFlags } from './limits';
import { endWith } from './outcomes';
import { tableWidth } from './terminal';
import { UsageError } from './usage-error';

export interface ExplainCommandOptions extends LimitFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** File for what a comment does not hold. */
  readonly rest?: string;
  /** File that the page is written to. */
  readonly report?: string;
  /** Whether two are compared. */
  readonly diff?: boolean;
  /** Whether what a deploy of the second over the first would do is rehearsed too. */
  readonly preview?: boolean;
  /** Whether two that differ end the command with 2. */
  readonly detailedExitcode?: boolean;
  readonly today?: string;
  /** Whether what is deployed counts no more than anything else. */
  readonly fresh?: boolean;
}

/** Prints a decision with its reasons, or what differs between two. */
export async function explain(names: readonly string[], options: ExplainCommandOptions): Promise<void> {
  checkUsage(names, options);
  const [first = '', second = ''] = names;
  process.stdout.write(
    options.diff ? await comparison(first, second, options) : await explanation(first, options),
  );
}

async function explanation(name: string, options: ExplainCommandOptions): Promise<string> {
  const { decision, environment, catalog, salvaged } = await decided(name, decidingOf(options));
  const { json, markdown, report } = options;
  const { warnings = [] } = decision;
  const kept = keptWarnings(salvaged?.previous.deployed ?? {}, decision, salvaged?.previous.going);
  const previous = salvaged?.previous;
  const { going } = conditionsOf(previous, decision, environment);
  const whole = {
    ...decision,
    warnings: [
      ...warnings,
      ...kept,
      ...goingWarnings(going, decision),
      ...besideWarnings(environment, decision, going),
    ],
  };
  const result = explained(whole, environment, catalog, { curves: report !== undefined });
  if (json) return renderJson(result);
  if (markdown) return comment(markdownWithin(result, { restFile: options.rest }), options);
  if (report === undefined)
    return renderTable(result, { colour: isColoured(process.stdout), width: tableWidth(process.stdout) });
  writeOutput(report, renderReport(result));
  return `${report}: written, load it in a browser\n`;
}

async function comparison(old: string, now: string, options: ExplainCommandOptions): Promise<string> {
  const { json, markdown } = options;
  const result = compareDecisions(await comparedOf(old, options), await comparedOf(now, options));
  if (options.detailedExitcode && !isEmptyDiff(result.diff)) endWith('changes');
  const seen = options.preview
    ? await loadPreview().previewOf(now, environmentFile(old, process.cwd()))
    : undefined;
  if (json) return renderComparisonJson(result, seen);
  if (markdown)
    return `${comment(comparisonWithin(result, { restFile: options.rest }), options)}${seen ? `\n${loadPreview().previewMarkdown(seen)}` : ''}`;
  return `${renderComparison(result)}${seen ? `\n${loadPreview().previewText(seen)}` : ''}`;
}

function decidingOf({ today, fresh, ...limits }: ExplainCommandOptions): Parameters<typeof decided>[1] {
  return { today, fresh, limits: limitsOf(limits) };
}

/** The comment; the rest goes into its file, also where there is none: a file of an earlier run must not stay. */
function comment({ text, rest = 'Nothing was left out.\n' }: Within, options: ExplainCommandOptions): string {
  if (options.rest !== undefined) writeOutput(options.rest, rest);
  return text;
}

/** A lock says itself what it was decided for, and is taken as it is. */
async function comparedOf(source: string, options: ExplainCommandOptions): Promise<Compared> {
  if (isLockFile(source)) {
    const lock = readLockFile(source, catalog);
    return { source, ...lock, hosts: lock.deployed.hosts };
  }
  const { decision, environment, salvaged } = await decided(source, decidingOf(options));
  const previous = salvaged?.previous;
  const conditions = conditionsOf(previous, decision, environment);
  const hosts = hostsSince(decision, conditions, previous);
  return { source, decision, facts: factsOf(environment), hosts };
}

/** Every wrong use at once, before anything is read. */
function checkUsage(names: readonly string[], options: ExplainCommandOptions): void {
  const { json, markdown, report, rest, diff, detailedExitcode } = options;
  const kinds = [
    ...(json ? ['--json'] : []),
    ...(markdown ? ['--markdown'] : []),
    ...(report === undefined ? [] : ['--report']),
  ];
  const given = `got ${names.length} (${names.join(', ')})`;
  const problems = [
    ...(kinds.length > 1
      ? [
          `${kinds.join(' and ')}: one kind of output at a time is allowed, got ${kinds.length}; keep one of them`,
        ]
      : []),
    ...(diff && report !== undefined
      ? [
          '--report: a comparison is text, --json or --markdown, got --diff with --report; leave out one of them',
        ]
      : []),
    ...(report !== undefined && !/\.html?$/i.test(report)
      ? [`--report: a file that ends in .html is allowed, got '${report}'; name it like berth.html`]
      : []),
    ...(rest !== undefined && !markdown
      ? [
          '--rest: it takes what a comment does not hold, got it without --markdown; add that, or leave this out',
        ]
      : []),
    ...(detailedExitcode && !diff
      ? ['--detailed-exitcode: a comparison is needed, got none; add --diff, or leave this out']
      : []),
    ...previewProblems(names, options),
    ...(diff && names.length !== 2
      ? [`--diff: two are needed, each an environment or a lock file, ${given}; write --diff OLD NEW`]
      : []),
    ...(!diff && names.length !== 1
      ? [`environment: one is allowed, ${given}; name one, or compare two with --diff`]
      : []),
  ];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

function previewProblems(names: readonly string[], { diff, preview }: ExplainCommandOptions): string[] {
  return preview && (!diff || names.some(isLockFile))
    ? [
        '--preview: two environments with their locks are needed, which are deployed one over the other; write --diff OLD NEW with their files',
      ]
    : [];
}
