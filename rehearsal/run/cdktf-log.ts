import type { ChangeSummary, Diagnostic } from '../terraform/json-ui';

/** What the cdktf CLI printed of one stack. */
export interface StackLog {
  readonly summary: ChangeSummary;
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly destroyed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether Terraform went on after it was initialised, or could not be. */
  readonly tried: boolean;
}

/** A line of the CLI and the stack it is of. */
interface StackLine {
  readonly stack: string;
  readonly text: string;
}

/**
 * Tells the lines of the CLI's standard output apart by stack. The first line of a block starts with the stack's name and
 * two spaces; cdktf indents the others, cdktn 0.24 prints them as Terraform did. A block ends with the next one, or with
 * the CLI's count of stacks; what the CLI prints of itself before the first block or after its count is no stack's.
 */
export class CdktfLines {
  private current: string | undefined;

  constructor(private readonly stacks: readonly string[]) {}

  /** The stack and text of the next line; undefined for a line of the CLI itself. */
  next(line: string): StackLine | undefined {
    const first = /^(\S+) {2,}(.*)$/.exec(line);
    if (first && this.stacks.includes(first[1] as string)) {
      this.current = first[1];
      return { stack: first[1] as string, text: first[2] as string };
    }
    if (/^\d+ Stacks? (?:deploying|destroying) /.test(line)) this.current = undefined;
    return this.current === undefined ? undefined : { stack: this.current, text: line.trimStart() };
  }
}

const doneTo = {
  Creation: 'created',
  Modifications: 'changed',
  Destruction: 'destroyed',
} as const;

/** What a line of Terraform says of a finished resource or operation, in short; undefined for any other line. */
export function progressOf(text: string): { readonly text: string; readonly finished: boolean } | undefined {
  const done = finishedResource(text);
  if (done) return { text: `${done.address} ${done.what}`, finished: false };
  const counts = /^(?:Apply|Destroy) complete! Resources: (.*)\.$/.exec(text)?.[1];
  return counts === undefined ? undefined : { text: counts, finished: true };
}

/** How many operations a line announces; undefined for a line that is no summary of a plan. */
export function plannedOf(text: string): number | undefined {
  const summary = summaryOf(text);
  return summary && summary.add + summary.change + summary.remove;
}

function summaryOf(text: string): ChangeSummary | undefined {
  const planned = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy\.$/.exec(text);
  return planned
    ? { add: Number(planned[1]), change: Number(planned[2]), remove: Number(planned[3]) }
    : undefined;
}

function finishedResource(
  text: string,
): { address: string; what: (typeof doneTo)[keyof typeof doneTo] } | undefined {
  const done = /^(.+?)(?: \([^()]*\))?: (Creation|Modifications|Destruction) complete after /.exec(text);
  return done ? { address: done[1] as string, what: doneTo[done[2] as keyof typeof doneTo] } : undefined;
}

/** Reads the lines of one stack. cdktf writes the construct's path behind a resource's address. */
export function parseStackLog(lines: readonly string[]): StackLog {
  const addresses = { created: [] as string[], changed: [] as string[], destroyed: [] as string[] };
  let summary: ChangeSummary = { add: 0, change: 0, remove: 0 };
  for (const line of lines) {
    const done = finishedResource(line);
    if (done) addresses[done.what].push(done.address);
    summary = summaryOf(line) ?? summary;
  }
  const diagnostics = parseDiagnostics(lines);
  const initialised = lines.findIndex(line => line.endsWith('has been successfully initialized!'));
  const wentOn = initialised >= 0 && lines.slice(initialised + 1).some(line => line !== '');
  return { ...addresses, summary, tried: wentOn || diagnostics.length > 0, diagnostics };
}

function parseDiagnostics(lines: readonly string[]): Diagnostic[] {
  const found: { severity: Diagnostic['severity']; summary: string; lines: string[] }[] = [];
  for (const line of lines) {
    const start = /^(Error|Warning): (.*)$/.exec(line);
    if (start) {
      found.push({
        severity: start[1] === 'Error' ? 'error' : 'warning',
        summary: start[2] as string,
        lines: [],
      });
    } else {
      found.at(-1)?.lines.push(line);
    }
  }
  return found.map(({ severity, summary, lines: rest }) => {
    const detail = rest.join('\n').trim();
    const address = /^with ([^,\s]+)/.exec(detail)?.[1];
    return address ? { severity, summary, detail, address } : { severity, summary, detail };
  });
}
