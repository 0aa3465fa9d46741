import type { Change, ResourceChange } from '../rehearsal/run';
import { flatten } from './flatten';
import type { Leaf } from './flatten';
import { normalise } from './normalise';
import type { Normalisation } from './normalise';
import { pathOf } from './path';
import { plansOf } from './plans';
import type { NamedPlan, PlanSubject } from './plans';

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
 * is a change of one line. What differs from run to run is normalised, sensitive values are hidden.
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
    const resources = (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === 'managed')
      .flatMap(change => this.resource(change))
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

  private resource(resource: ResourceChange): { address: string; lines: string[] }[] {
    const { address, previous_address: moved, change } = resource;
    const mark = marks[change.actions.join()];
    const notes = [
      ...(moved === undefined ? [] : [`  moved from ${moved}`]),
      ...(change.importing ? [`  imported from ${this.text(change.importing.id)}`] : []),
    ];
    if (mark === undefined && notes.length === 0) return [];
    return [{ address, lines: [`${mark ?? '='} ${address}`, ...notes, ...this.attributes(change)] }];
  }

  private output(name: string, change: Change): string[] {
    const mark = marks[change.actions.join()];
    if (mark === undefined) return [];
    const lines = this.attributes(change, 'value');
    return [`${mark} output ${name}`, ...lines];
  }

  private attributes(change: Change, root = ''): string[] {
    const before = flatten(change.before, {}, change.before_sensitive);
    const after = flatten(change.after, change.after_unknown, change.after_sensitive);
    if (change.actions.join() === 'delete') return [];
    const creates = change.actions.join() === 'create';
    const forcing = (change.replace_paths ?? []).map(pathOf);
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    return paths.flatMap(path => {
      const name = root === '' ? path : `${root}${path.startsWith('[') || path === '' ? '' : '.'}${path}`;
      const forces = forcing.some(
        forced => path === forced || path.startsWith(`${forced}.`) || path.startsWith(`${forced}[`),
      );
      const note = forces ? '  # forces replacement' : '';
      if (creates) return this.assignment(name, after.get(path));
      return this.difference(name, before.get(path), after.get(path), note);
    });
  }

  private assignment(path: string, leaf: Leaf | undefined): string[] {
    if (leaf?.kind === 'value' && !leaf.sensitive && typeof leaf.value === 'string') {
      const lines = blockOf(leaf.value);
      if (lines) return [`  ${path} =`, ...lines.map(line => `  | ${this.text(line)}`.trimEnd())];
    }
    return [`  ${path} = ${this.leaf(leaf)}`];
  }

  private difference(
    path: string,
    before: Leaf | undefined,
    after: Leaf | undefined,
    note: string,
  ): string[] {
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const [from, to] = [this.leaf(before), this.leaf(after)];
    return [`  ${path}: ${from} -> ${from === to ? `another ${to}` : to}${note}`];
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

/** Text of several lines, and JSON, which is written so that one change is one line. */
function blockOf(value: string): string[] | undefined {
  const json = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
  if (json !== undefined) return JSON.stringify(json, null, 2).split('\n');
  return value.includes('\n') ? value.replace(/\n$/, '').split('\n') : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
