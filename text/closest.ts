/** Characters that are compared; what is longer is no misspelling, and would cost time by its square. */
const compared = 300;

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`; of their first 300 characters, and what is longer. */
export function editDistance(a: string, b: string): number {
  const longer = Math.max(a.length, b.length, compared) - compared;
  return longer + editsBetween(a.slice(0, compared), b.slice(0, compared));
}

function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/**
 * The known keys closest to what was given, nearest first; ties in the order of the alphabet. Case and punctuation do
 * not count, so `GPT4o` finds `gpt-4o`, and a known key that contains the given one is near. Keys much further than the
 * nearest are left out, because they only distract.
 */
export function closest(given: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = bare(given);
  const ranked = [...new Set(known)]
    .map(key => ({ key, distance: distanceTo(wanted, bare(key)) }))
    .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1));
  const nearest = ranked[0]?.distance ?? 0;
  return ranked
    .filter(({ distance }) => distance <= nearest + distracting)
    .slice(0, limit)
    .map(({ key }) => key);
}

/**
 * The known key that what was given probably means; undefined where the closest one is another word, of which half the
 * letters differ and the first half is another: `firstTokenMs` means `firstTokenSeconds`.
 */
export function meantKey(given: string, known: Iterable<string>): string | undefined {
  const near = closest(given, known, 1)[0];
  if (near === undefined) return undefined;
  const [wanted, key] = [bare(given), bare(near)];
  const beginsAlike = wanted.length > 5 && key.startsWith(wanted.slice(0, Math.ceil(wanted.length / 2) + 1));
  return beginsAlike || distanceTo(wanted, key) < wanted.length / 2 ? near : undefined;
}

/** Edits beyond the nearest key at which another key is no longer worth naming. */
const distracting = 2;
/** A key that contains what was given is nearer than one with a single edit. */
const containing = 0.5;

/** Lower case, letters, digits and dots only: how two spellings of one key compare equal. */
export function bare(key: string): string {
  return key
    .slice(0, 2 * compared)
    .toLowerCase()
    .replace(/[^a-z0-9.]/g, '');
}

function distanceTo(wanted: string, key: string): number {
  if (key === wanted) return 0;
  if (wanted.length > 2 && key.includes(wanted)) return containing;
  return editDistance(wanted, key);
}

/** Rows are dense: an index in range is always a number. */
function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
