import pc from 'picocolors';
import type { Progress, ProgressListener } from '../rehearsal/run';

/** Where progress is shown. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** What shows the progress of a rehearsal. */
interface ProgressView {
  readonly listen: ProgressListener;
  /** Leaves the last state standing, for other output to follow. */
  end(): void;
}

/** Bars on a terminal that can draw them; plain lines in CI, in a pipe, and on a dumb terminal. */
export function progressView(screen: Screen, environment: NodeJS.ProcessEnv = process.env): ProgressView {
  const canDraw = screen.isTTY === true && environment.TERM !== 'dumb' && !isSet(environment.CI);
  return canDraw ? new Bars(screen) : { listen: line => screen.write(`${line}\n`), end: () => undefined };
}

export function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== '' && variable !== 'false' && variable !== '0';
}

const barWidth = 24;

/** One bar a stack, drawn over the last ones as long as an operation goes on. */
class Bars implements ProgressView {
  private drawn = 0;

  constructor(private readonly screen: Screen) {}

  readonly listen: ProgressListener = (line, progress) => {
    const { columns = 80, rows = 24 } = this.screen;
    // The first line of an operation names it, the others are what the bars show.
    const starts = progress?.every(({ done }) => done === 0) ?? true;
    if (starts) {
      this.end();
      this.screen.write(`${line}\n`);
    }
    if (!progress) return;
    const lines =
      progress.length < rows - 1 ? progress.map(each => barOf(each, columns)) : [sumOf(progress, columns)];
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : '';
    this.screen.write(up + lines.map(text => `\u001b[2K${text}\n`).join(''));
    this.drawn = lines.length;
  };

  end(): void {
    this.drawn = 0;
  }
}

function sumOf(progress: Progress, columns: number): string {
  const sum = (of: 'done' | 'total'): number => progress.reduce((all, each) => all + each[of], 0);
  return barOf({ stack: `${progress.length} stacks`, done: sum('done'), total: sum('total') }, columns);
}

/** A line that fits the terminal: one that wraps could not be drawn over. */
function barOf({ stack, done, total }: Progress[number], columns: number): string {
  const count = `${done}/${total}`;
  const width = Math.max(0, Math.min(barWidth, columns - 34));
  const filled = total === 0 ? width : Math.round((width * done) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
  const name = stack.length > 22 ? `${stack.slice(0, 21)}…` : stack.padEnd(22);
  const text = `  ${name} ${bar} ${count}`.slice(0, Math.max(0, columns - 1));
  return done === total ? pc.green(text) : text;
}
