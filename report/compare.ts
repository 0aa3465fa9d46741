import type { Decision, Placement } from '../placement/decision';
import { addressLines, diffDecisions, isEmptyDiff, renderDiff, unitLines } from '../lock/diff';
import type { DecisionDiff, PlacementChange } from '../lock/diff';
import { differences, plain } from '../lock/differences';
import type { EnvironmentFacts } from '../lock/facts';
import type { HostAddresses } from '../lock/host-addresses';
import { cents, usd } from '../placement/figures';
import { tableHead, tableRow, text, whereOf } from './markdown';
import type { MarkdownOptions } from './markdown';
import { many, venueName } from './sentences';
import { cut } from './text';
import { decidingReasons } from './why';
import { commentLimit, within } from './within';
import type { Section, Within } from './within';

/** One of two decisions that are compared, with what it was made for. */
export interface Compared {
  /** As the caller named it: an environment, a file or a lock. */
  readonly source: string;
  /** What was decided. */
  readonly decision: Decision;
  /** What of the environment it was decided from. */
  readonly facts: EnvironmentFacts;
  /** Units whose host names its machines have. @default - each has its own */
  readonly hosts?: HostAddresses | undefined;
}

/** What a change of config moves and costs. */
export interface Comparison {
  /** The older one. */
  readonly before: Compared;
  /** The newer one. */
  readonly after: Compared;
  /** What differs in the config, by path, with both values. */
  readonly config: readonly string[];
  /** What changed between them. */
  readonly diff: DecisionDiff;
}

/** What changed from one decision to another, and which facts of the environment may be why. */
export function compareDecisions(before: Compared, after: Compared): Comparison {
  return {
    before,
    after,
    config: [
      ...differences(plain(before.facts.environment), plain(after.facts.environment)),
      ...workloadDifferences(before.facts.workloads, after.facts.workloads),
    ],
    diff: diffDecisions(before.decision, after.decision, [before.hosts, after.hosts]),
  };
}

function workloadDifferences(
  before: EnvironmentFacts['workloads'],
  after: EnvironmentFacts['workloads'],
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap(name => {
    if (!(name in before)) return [`workloads.${name}: new`];
    if (!(name in after)) return [`workloads.${name}: gone`];
    return differences(plain(before[name]), plain(after[name]), `workloads.${name}`);
  });
}

/** Longest line that names a change of config; a list of weights has no end. */
const longestLine = 200;

/** For people: what changed in the config, what moves because of it and why, and what it costs. */
export function renderComparison(comparison: Comparison): string {
  const { before, after, config, diff } = comparison;
  const why = movedPlacements(comparison).map(placement => `  ${placement.workload}: ${whyText(placement)}`);
  return [
    `${sideText(before)} → ${sideText(after)}`,
    '',
    ...(config.length > 0
      ? ['config:', ...config.map(line => `  ${cut(line, longestLine)}`)]
      : ['config: no difference that a placement depends on']),
    '',
    renderDiff(diff),
    ...(why.length > 0 ? ['', 'why it goes there:', ...why] : []),
    ...(isEmptyDiff(diff) ? [] : ['', previewHint(after.decision.environment)]),
    '',
  ].join('\n');
}

/** A decision does not tell what a deploy of it does: the plan over what is deployed does. */
export function previewHint(environment: string): string {
  return `what a deploy would destroy, replace and restart, and whose address it would change: berth preview ${environment}`;
}

/** The same for a pull-request comment. */
export function renderComparisonMarkdown(comparison: Comparison, options?: MarkdownOptions): string {
  return comparisonWithin(comparison, options).text;
}

/** The same, with what did not fit into a comment. */
export function comparisonWithin(comparison: Comparison, options: MarkdownOptions = {}): Within {
  const { before, after, config, diff } = comparison;
  const [old, now] = diff.monthlyUsd;
  const head = `**${text(`${after.decision.environment}: ${usd(old)} → ${usd(now)} a month (${signed(now - old)})`)}**\n\n`;
  const placements = placementTable(diff, comparison);
  const page = within(
    [
      head,
      ...(isEmptyDiff(diff)
        ? ['No difference in placement or cost.\n']
        : [placements, unchanged(comparison), ...addressLines(diff).map(line => `\n${text(line)}\n`)]),
      '\n',
      {
        open: ['Why it goes there:', ''],
        items: movedPlacements(comparison).map(
          placement => `- ${text(`${placement.workload}: ${whyText(placement)}`)}`,
        ),
        close: [''],
        what: 'reason',
      },
      {
        open: ['<details><summary>Config and units</summary>', ''],
        items: [
          ...(config.length > 0
            ? config.map(line => `- ${text(cut(line, longestLine))}`)
            : ['- no difference in the config that a placement depends on']),
          ...diff.units.flatMap(unitLines).map(line => `- ${text(line)}`),
        ],
        close: ['', '</details>'],
        what: 'line of config and units',
      },
      ...(isEmptyDiff(diff) ? [] : [`\n${text(previewHint(after.decision.environment))}\n`]),
      `\n<sub>${text(`${sideText(before)} → ${sideText(after)}`)}</sub>\n`,
    ],
    options.limit ?? commentLimit,
    whereOf(options, 'berth explain --diff'),
  );
  return page.rest === undefined ? page : { ...page, rest: `${head}${page.rest}` };
}

/**
 * The same for scripts. The shape is a promise: keys may be added, none changes.
 * @param preview what a deploy would do. @default - it is left out
 */
export function renderComparisonJson({ before, after, config, diff }: Comparison, preview?: object): string {
  const side = ({ source, decision }: Compared) => ({
    source,
    environment: decision.environment,
    asOf: decision.asOf,
    monthlyUsd: decision.monthlyUsd,
  });
  const changeUsd = cents(diff.monthlyUsd[1] - diff.monthlyUsd[0]);
  const value = {
    before: side(before),
    after: side(after),
    changeUsd,
    config,
    placements: diff.placements,
    units: diff.units,
    addresses: diff.addresses,
    ...(preview ? { preview } : {}),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function placementTable(diff: DecisionDiff, comparison: Comparison): Section {
  return {
    open: tableHead(['Workload', 'From', 'To', 'USD a month']),
    items: diff.placements.map(change =>
      tableRow([
        change.workload,
        placeText(change.from, comparison.before),
        placeText(change.to, comparison.after),
        costText(change),
      ]),
    ),
    close: [],
    what: 'row',
  };
}

function unchanged({ diff, after }: Comparison): string {
  const stay = after.decision.placements.length - diff.placements.filter(({ to }) => to).length;
  return stay > 0 ? `\n${many(stay, 'other workload')}: no change.\n` : '';
}

function placeText(place: PlacementChange['from'], { decision }: Compared): string {
  if (!place) return 'nowhere';
  const unit = decision.units.find(({ id }) => id === place.unit);
  return unit ? `${place.model} (${venueName(unit)}: ${unit.sku}, ${unit.location})` : place.model;
}

function costText({ from, to }: PlacementChange): string {
  const [before, after] = [from?.monthlyUsd ?? 0, to?.monthlyUsd ?? 0];
  return `${usd(before)} → ${usd(after)} (${signed(after - before)})`;
}

/** Workloads that are new or on another unit. */
function movedPlacements({ diff, after }: Comparison): Placement[] {
  return diff.placements
    .filter(({ to, moves }) => to && moves)
    .flatMap(({ workload }) => after.decision.placements.filter(each => each.workload === workload));
}

function whyText(placement: Placement): string {
  const reasons = decidingReasons(placement).map(({ message }) => message);
  return reasons.length > 0 ? reasons.join('; ') : 'it costs least there';
}

function sideText({ source, decision }: Compared): string {
  return `${source} (${decision.environment}, decided for ${decision.asOf})`;
}

function signed(amount: number): string {
  const rounded = cents(amount);
  return `${rounded < 0 ? '−' : '+'}${usd(Math.abs(rounded))}`;
}
