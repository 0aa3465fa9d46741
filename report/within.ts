import { many } from './sentences';

/**
 * Characters of a pull-request comment. GitHub refuses more than 65,536 (Azure DevOps 150,000, GitLab 1,000,000); the rest is
 * left for what is written around it.
 */
export const commentLimit = 60_000;

/** A part of a page that may be cut between two of its items. */
export interface Section {
  /** Lines before the first item. */
  readonly open: readonly string[];
  /** Each whole: a row of a table, or a block of lines. The first ones are kept. */
  readonly items: readonly string[];
  /** Lines behind the last item. */
  readonly close: readonly string[];
  /** What an item is, in the singular: what is left out is counted by it. */
  readonly what: string;
}

/** A page that fits, and what did not. */
export interface Within {
  /** The text, no longer than asked for. */
  readonly text: string;
  /** The items that were left out, each section under its own first lines. @default - nothing was left out */
  readonly rest?: string;
}

/** A place where a note stands has this much room. */
const noteRoom = 300;

/**
 * A page of at most `limit` characters: the small sections whole, and of the large ones as many items as an equal share of the
 * room holds, with a count of what is left out.
 * @param where says where the rest is
 */
export function within(sections: readonly (Section | string)[], limit: number, where: string): Within {
  const whole = sections.map(section => (typeof section === 'string' ? section : textOf(section))).join('');
  if (whole.length <= limit) return { text: whole };
  const cuttable = sections.filter(section => typeof section !== 'string');
  const frame = sections.map(section => (typeof section === 'string' ? section.length : frameOf(section)));
  const room = limit - noteRoom - frame.reduce((sum, length) => sum + length, 0);
  const shares = sharesOf(
    cuttable.map(({ items }) => lengthOf(items)),
    room,
  );
  const kept = cuttable.map((section, i) => countWithin(section.items, shares[i] ?? 0));
  const shown = new Map(cuttable.map((section, i) => [section, section.items.slice(0, kept[i])]));
  const left = cuttable.map((section, i) => ({ ...section, items: section.items.slice(kept[i]) }));
  const said = left
    .filter(({ items }) => items.length > 0)
    .map(({ items, what }) => many(items.length, what));
  return {
    text:
      sections
        .map(section =>
          typeof section === 'string' ? section : textOf({ ...section, items: shown.get(section) ?? [] }),
        )
        .join('') + `\nLeft out: ${said.join(', ')}; ${where}.\n`,
    rest: left
      .filter(({ items }) => items.length > 0)
      .map(textOf)
      .join('\n'),
  };
}

/** A section without items is not written. */
function textOf({ open, items, close }: Section): string {
  return items.length === 0 ? '' : [...open, ...items, ...close].map(line => `${line}\n`).join('');
}

function frameOf({ open, close }: Section): number {
  return lengthOf([...open, ...close]);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** Room for each: all that it needs where that is less than an equal share, which leaves more for the others. */
function sharesOf(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  let left = Math.max(0, room);
  const order = needs.map((_, i) => i).toSorted((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  order.forEach((i, done) => {
    shares[i] = Math.min(needs[i] ?? 0, Math.floor(left / (order.length - done)));
    left -= shares[i] ?? 0;
  });
  return shares;
}

function countWithin(items: readonly string[], room: number): number {
  let used = 0;
  const first = items.findIndex(item => (used += item.length + 1) > room);
  return first < 0 ? items.length : first;
}
