import { progressOf, plannedOf } from './cdktf-log';

/** How far one stack is. */
interface StackProgress {
  readonly stack: string;
  /** Resources that are created, changed or destroyed by now. */
  readonly done: number;
  /** Resources that will be; an estimate until Terraform has made its plan. */
  readonly total: number;
}

/** How far an operation on all stacks is. */
export type Progress = readonly StackProgress[];

/** Told of each step: a line for people and, while stacks are deployed or destroyed, how far all of them are. */
export type ProgressListener = (line: string, progress?: Progress) => void;

/** Counts what Terraform says it has done. */
export class Meter {
  private readonly stacks: Map<string, { done: number; total: number; finished: boolean }>;

  /** @param totals how many resources each stack has */
  constructor(
    totals: ReadonlyMap<string, number>,
    private readonly tell: ProgressListener,
  ) {
    this.stacks = new Map([...totals].map(([stack, total]) => [stack, { done: 0, total, finished: false }]));
  }

  get progress(): Progress {
    return [...this.stacks].map(([stack, { done, total }]) => ({ stack, done, total }));
  }

  /** Takes a line of Terraform. */
  hear(stack: string, text: string): void {
    const count = this.stacks.get(stack);
    if (!count) return;
    count.total = plannedOf(text) ?? count.total;
    const said = progressOf(text);
    if (said === undefined) return;
    // The line that ends an operation says how much it was.
    if (said.finished) Object.assign(count, { total: count.done, finished: true });
    else count.done += 1;
    count.total = Math.max(count.total, count.done);
    this.tell(`${stack}: ${said.text}`, this.progress);
  }

  /** Takes note that a stack is done, also where the line that says so was lost. */
  complete(stack: string): void {
    const count = this.stacks.get(stack);
    if (!count || count.finished) return;
    Object.assign(count, { done: count.total, finished: true });
    this.tell(`${stack}: done`, this.progress);
  }
}
