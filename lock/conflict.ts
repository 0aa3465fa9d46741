/** One side of a merge that was left in a file. */
interface Side {
  /** As the marker names it, such as `HEAD` or a branch. */
  readonly name: string;
  readonly text: string;
}

const begin = /^<{7}(?: (.*))?$/;
const base = /^\|{7}(?: .*)?$/;
const middle = /^={7}$/;
const end = /^>{7}(?: (.*))?$/;

/** Whether a text has the conflict markers of a merge. */
export function isConflicted(text: string): boolean {
  return text.split(/\r?\n/).some(line => begin.test(line));
}

/** The whole text as each side of a merge has it, our own first. */
export function sidesOf(text: string): readonly [ours: Side, theirs: Side] {
  const ours: string[] = [];
  const theirs: string[] = [];
  const names = { ours: 'our side', theirs: 'their side' };
  let within: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  for (const line of text.split(/\r?\n/)) {
    const [begins, ends] = [begin.exec(line), end.exec(line)];
    if (begins) {
      names.ours = begins[1] ?? names.ours;
      within = 'ours';
    } else if (within === 'ours' && base.test(line)) within = 'base';
    else if ((within === 'ours' || within === 'base') && middle.test(line)) within = 'theirs';
    else if (within === 'theirs' && ends) {
      names.theirs = ends[1] ?? names.theirs;
      within = 'both';
    } else {
      if (within === 'both' || within === 'ours') ours.push(line);
      if (within === 'both' || within === 'theirs') theirs.push(line);
    }
  }
  return [
    { name: names.ours, text: ours.join('\n') },
    { name: names.theirs, text: theirs.join('\n') },
  ];
}
