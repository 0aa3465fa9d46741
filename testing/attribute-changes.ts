import type { Change } from '../rehearsal/run';
import { childOf, isEmpty, isLeaf, isList, keysOf, leafOf } from './node';
import type { Leaf, Node } from './node';
import { sequenceDiff } from './sequence-diff';

/** What a plan says of one attribute, or of one element of a list. */
export interface Attribute {
  /**
   * As in code: `os_disk[0].size`. Elements of a list of blocks go by their name where each has one of its own,
   * `security_rule["https"].priority`, and those of a list of scalars by no index, `zones[]`: so one more element is
   * one more line.
   */
  readonly path: string;
  /** @default - not set */
  readonly before?: Leaf;
  /** @default - not set */
  readonly after?: Leaf;
  /** Whether its change forces a replacement. */
  readonly forces: boolean;
}

/** All attributes of a change that are set before or after, changed or not, in the order of their paths. */
export function attributesOf(change: Change): Attribute[] {
  const before = { value: change.before, unknown: undefined, sensitive: change.before_sensitive };
  const after = { value: change.after, unknown: change.after_unknown, sensitive: change.after_sensitive };
  const found = new Walk(change.replace_paths ?? []).go('', [], before, after);
  return found.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

export function isChanged({ before, after }: Attribute): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

const nothing: Node = { value: undefined, unknown: undefined, sensitive: undefined };

type Segment = string | number;
type Pair = readonly [path: string, raw: readonly Segment[], before: Node, after: Node];

class Walk {
  constructor(private readonly forcing: readonly (readonly Segment[])[]) {}

  go(path: string, raw: readonly Segment[], before: Node, after: Node): Attribute[] {
    if (isEmpty(before) && isEmpty(after)) return [];
    const there = [before, after].filter(node => !isEmpty(node));
    if (there.some(isLeaf) || new Set(there.map(isList)).size > 1) {
      // What is sensitive on one side is not shown on the other either.
      const sensitive = before.sensitive === true || after.sensitive === true;
      const leaf = (node: Node): Leaf | undefined => leafOf(sensitive ? { ...node, sensitive } : node);
      return [{ path, before: leaf(before), after: leaf(after), forces: this.forces(raw) }];
    }
    const lists = isList(isEmpty(after) ? before : after);
    const pairs = lists ? pairsOfLists(path, raw, before, after) : pairsOfObjects(path, raw, before, after);
    return pairs.flatMap(pair => this.go(...pair));
  }

  private forces(raw: readonly Segment[]): boolean {
    return this.forcing.some(path =>
      path.slice(0, raw.length).every((segment, index) => segment === raw[index]),
    );
  }
}

function pairsOfObjects(path: string, raw: readonly Segment[], before: Node, after: Node): Pair[] {
  const keys = [...new Set([...keysOf(before), ...keysOf(after)])];
  return keys.map(key => {
    const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
    return [path === '' ? name : `${path}.${name}`, [...raw, key], childOf(before, key), childOf(after, key)];
  });
}

function pairsOfLists(path: string, raw: readonly Segment[], before: Node, after: Node): Pair[] {
  const [a, b] = [elementsOf(before), elementsOf(after)];
  if ([...a, ...b].every(isLeaf)) return pairsOfScalars(path, raw, a, b);
  const [namesBefore, namesAfter] = [namesOf(a), namesOf(b)];
  if (namesBefore && namesAfter && Math.max(a.length, b.length) > 1) {
    return [...new Set([...namesAfter, ...namesBefore])].map(name => {
      const [from, to] = [namesBefore.indexOf(name), namesAfter.indexOf(name)];
      const inner = `${path}[${JSON.stringify(name)}]`;
      return [inner, [...raw, to >= 0 ? to : from], a[from] ?? nothing, b[to] ?? nothing];
    });
  }
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => {
    return [`${path}[${index}]`, [...raw, index], a[index] ?? nothing, b[index] ?? nothing];
  });
}

/** What was taken out stands beside what was put in at the same place. */
function pairsOfScalars(
  path: string,
  raw: readonly Segment[],
  before: readonly Node[],
  after: readonly Node[],
): Pair[] {
  const pairs: [Node, Node][] = [];
  let waiting = 0;
  for (const { kind, element } of sequenceDiff(before, after, node => JSON.stringify(leafOf(node) ?? null))) {
    if (kind === 'same') pairs.push([element, element]);
    else if (kind === 'removed') pairs.push([element, nothing]);
    else if (waiting > 0) (pairs[pairs.length - waiting] as [Node, Node])[1] = element;
    else pairs.push([nothing, element]);
    if (kind === 'removed') waiting++;
    else waiting = kind === 'added' ? Math.max(0, waiting - 1) : 0;
  }
  return pairs.map(([from, to]) => [`${path}[]`, raw, from, to]);
}

function elementsOf(node: Node): Node[] {
  return keysOf(node).map(key => childOf(node, key));
}

/** Names of blocks; undefined unless each has one of its own. */
function namesOf(elements: readonly Node[]): string[] | undefined {
  const names = elements.map(element => childOf(element, 'name'));
  const known = names.flatMap(({ value, unknown, sensitive }) =>
    typeof value === 'string' && unknown !== true && sensitive !== true ? [value] : [],
  );
  return known.length === elements.length && new Set(known).size === known.length ? known : undefined;
}
