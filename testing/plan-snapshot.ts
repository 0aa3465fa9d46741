import type { Change, ResourceChange } from '../rehearsal/run';
import { attributesOf, isChanged } from './attribute-changes';
import type { Attribute } from './attribute-changes';
import type { Leaf } from './node';
import { normalise } from './normalise';
import type { Normalisation } from './normalise';
import { plansOf } from './plans';
import type { NamedPlan, PlanSubject } from './plans';
import { blockDiff, linesOf } from './text-block';

/** How to write a snapshot. */
export interface SnapshotOptions {
  /** What to show as it is, for example `hashes` where pinned weights are under review. @default - nothing */
  readonly keep?: readonly Normalisation[];
}

const marks: Readonly<Record<string, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  'delete,create': '-/+',
  'create,delete': '+/-',
  forget: '.',
};

/**
 * A plan as text to review in a pull request: one line an attribute, nothing aligned, so that a change of one attribute
 * is a change of one line. What is known after apply is shown where the code sets it, and counted otherwise. Scripts, policies and other texts are shown line by line. What differs from run to run is
 * normalised, sensitive values are hidden.
 */
export function planSnapshot(subject: PlanSubject, options: SnapshotOptions = {}): string {
  const write = new Writer(options.keep ?? []);
  return plansOf(subject)
    .map(plan => `${write.plan(plan).join('\n')}\n`)
    .join('\n');
}

class Writer {
  constructor(private readonly keep: readonly Normalisation[]) {}

  plan({ stack, plan }: NamedPlan): string[] {
    const { resources: configured = [] } = plan.configuration?.root_module ?? {};
    const inCode = new Map(configured.map(({ address, expressions = {} }) => [address, expressions]));
    const resources = (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === 'managed')
      .flatMap(change => this.resource(change, inCode.get(change.address.replace(/\[[^.]*\]$/, ''))))
      .sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))
      .flatMap(({ lines }) => lines);
    const outputs = Object.entries(plan.output_changes ?? {})
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .flatMap(([name, change]) => this.output(name, change));
    const title = stack === undefined ? [] : [`stack ${stack}`];
    return resources.length + outputs.length === 0
      ? [...title, 'no changes']
      : [...title, ...resources, ...outputs];
  }

  /** @param expressions what the code sets; undefined when that is not known, as inside a module */
  private resource(
    resource: ResourceChange,
    expressions?: Readonly<Record<string, unknown>>,
  ): { address: string; lines: string[] }[] {
    const { address, previous_address: moved, change } = resource;
    const mark = marks[change.actions.join()];
    const notes = [
      ...(moved === undefined ? [] : [`  moved from ${moved}`]),
      ...(change.importing ? [`  imported from ${this.text(change.importing.id)}`] : []),
    ];
    if (mark === undefined && notes.length === 0) return [];
    const all = attributesOf(change);
    const computed = new Set(
      all.filter(({ path, after }) => {
        return expressions !== undefined && after?.kind === 'unknown' && !(nameOf(path) in expressions);
      }),
    );
    const attributes = all.filter(attribute => !computed.has(attribute));
    const more = computed.size > 0 ? [`  (${computed.size} more known after apply)`] : [];
    return [
      {
        address,
        lines: [`${mark ?? '='} ${address}`, ...notes, ...this.attributes(attributes, change), ...more],
      },
    ];
  }

  private output(name: string, change: Change): string[] {
    const mark = marks[change.actions.join()];
    if (mark === undefined) return [];
    return [`${mark} output ${name}`, ...this.attributes(attributesOf(change), change, 'value')];
  }

  private attributes(attributes: readonly Attribute[], change: Change, root = ''): string[] {
    const actions = change.actions.join();
    if (actions === 'delete') return [];
    return attributes.flatMap(attribute => {
      const { path } = attribute;
      const name = root === '' ? path : `${root}${path.startsWith('[') || path === '' ? '' : '.'}${path}`;
      if (actions === 'create') return this.assignment(name, attribute.after);
      return isChanged(attribute) ? this.difference(name, attribute) : [];
    });
  }

  private assignment(path: string, leaf: Leaf | undefined): string[] {
    const lines = blockOf(leaf);
    return lines
      ? [`  ${path} =`, ...lines.map(line => this.blockLine(line))]
      : [`  ${path} = ${this.leaf(leaf)}`];
  }

  private difference(path: string, { before, after, forces }: Attribute): string[] {
    const note = forces ? '  # forces replacement' : '';
    const [old, now] = [blockOf(before), blockOf(after)];
    if ((old ?? now) && isText(before) && isText(after)) {
      const lines = blockDiff(old ?? textOf(before), now ?? textOf(after));
      return [`  ${path}:${note}`, ...lines.map(line => this.blockLine(line))];
    }
    const [from, to] = [old, now].map((lines, at) =>
      lines ? `(text of ${lines.length} lines)` : this.leaf(at === 0 ? before : after),
    );
    return [`  ${path}: ${from} -> ${from === to ? `another ${to}` : to}${note}`];
  }

  private blockLine(line: string): string {
    return `  | ${this.text(line)}`.trimEnd();
  }

  private leaf(leaf: Leaf | undefined): string {
    if (!leaf) return '(none)';
    if (leaf.kind === 'unknown') return '(known after apply)';
    return leaf.sensitive ? '(sensitive)' : this.text(JSON.stringify(leaf.value));
  }

  private text(text: string): string {
    return normalise(text, this.keep);
  }
}

/** Name of the attribute or block at the top. */
function nameOf(path: string): string {
  return /^[\w-]+/.exec(path)?.[0] ?? path;
}

/** The lines of a text that is shown line by line; undefined for anything else. */
function blockOf(leaf: Leaf | undefined): string[] | undefined {
  return leaf?.kind === 'value' && !leaf.sensitive && typeof leaf.value === 'string'
    ? linesOf(leaf.value)
    : undefined;
}

/** Whether lines can be compared with those of another text. What is not set has none. */
function isText(leaf: Leaf | undefined): boolean {
  return !leaf || (leaf.kind === 'value' && !leaf.sensitive && typeof leaf.value === 'string');
}

function textOf(leaf: Leaf | undefined): string[] {
  return leaf?.kind === 'value' && typeof leaf.value === 'string' && leaf.value !== '' ? [leaf.value] : [];
}
