import loadHighs from 'highs';
import type { Highs, Model } from 'highs';

/** A sparse mixed-integer program, minimised. Grown column by column and row by row. */
export class Mip {
  readonly cost: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  readonly rowStarts: number[] = [0];
  readonly columns: number[] = [];
  readonly values: number[] = [];

  column(cost: number, upper: number, integer = true): number {
    this.cost.push(cost);
    this.lower.push(0);
    this.upper.push(upper);
    this.integer.push(integer);
    return this.cost.length - 1;
  }

  /** Adds lower ≤ Σ value × column ≤ upper and returns the row's index. */
  row(lower: number, terms: readonly Term[], upper: number): number {
    for (const [column, value] of terms) {
      if (value === 0) continue;
      this.columns.push(column);
      this.values.push(value);
    }
    this.rowStarts.push(this.columns.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowLower.length - 1;
  }
}

export type Term = readonly [column: number, value: number];

/** What the solver may spend on one program. */
export interface Effort {
  readonly nodes: number;
  /** Stop at this relative gap. */
  readonly gap: number;
  readonly seconds?: number;
}

export interface Answer {
  /** `limit`: stopped before the proof; `values` is null when nothing feasible was found. */
  readonly status: 'optimal' | 'infeasible' | 'limit';
  /** True when the wall clock stopped it. */
  readonly timedOut: boolean;
  readonly values: ArrayLike<number> | null;
  readonly objective: number;
  /** Proven lower bound of the objective. */
  readonly bound: number;
  readonly nodes: number;
}

export interface Relaxed {
  readonly values: ArrayLike<number>;
  readonly objective: number;
  /** Dual of each row: how much the objective rises with the row's bound. */
  readonly duals: ArrayLike<number>;
  /** Reduced cost of each column: how much the objective rises when it does. */
  readonly reducedCosts: ArrayLike<number>;
}

/** The only file that knows which solver is used. Everything is synchronous once it is loaded. */
export interface Solver {
  /** Minimises the program. `start` is a feasible vector to begin from. */
  minimise(mip: Mip, effort: Effort, start?: readonly number[]): Answer;
  /** Minimises the program without its integrality; null when that is infeasible. */
  relax(mip: Mip): Relaxed | null;
}

let loading: Promise<Solver> | undefined;

/** Loads HiGHS, compiled to WebAssembly and single-threaded, once per process (about 60 ms), and not before it is asked for. */
export function loadSolver(): Promise<Solver> {
  loading ??= loadHighs().then(highs => ({
    minimise: (mip, effort, start) => minimise(highs, mip, effort, start),
    relax: mip => relax(highs, mip),
  }));
  return loading;
}

/** In USD or ranks; below half of what counts as equal in either. */
const absoluteGap = 2e-3;

function minimise(highs: Highs, mip: Mip, effort: Effort, start?: readonly number[]): Answer {
  return withModel(highs, mip, true, model => {
    model.options.set({
      mip_rel_gap: effort.gap,
      mip_abs_gap: absoluteGap,
      mip_max_nodes: Math.max(1, Math.floor(effort.nodes)),
      mip_feasibility_tolerance: 1e-7,
      ...(effort.seconds === undefined ? {} : { time_limit: Math.max(0.01, effort.seconds) }),
    });
    if (start) model.setSolution({ colValue: Float64Array.from(start) });
    model.run();
    return answerOf(highs, model);
  });
}

function answerOf(highs: Highs, model: Model): Answer {
  const { modelStatus, solutionStatus } = highs.constants;
  const status = model.getModelStatus();
  const found = model.info.get('primal_solution_status') === solutionStatus.feasible;
  const infeasible = status === modelStatus.infeasible;
  const bound = Number(model.info.get('mip_dual_bound'));
  return {
    status: infeasible ? 'infeasible' : status === modelStatus.optimal ? 'optimal' : 'limit',
    timedOut: status === modelStatus.timeLimit,
    values: found ? model.getSolution().colValue : null,
    objective: found ? model.getObjectiveValue() : Infinity,
    bound: Number.isFinite(bound) ? bound : -Infinity,
    nodes: Math.max(0, Number(model.info.get('mip_node_count'))),
  };
}

function relax(highs: Highs, mip: Mip): Relaxed | null {
  return withModel(highs, mip, false, model => {
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return null;
    const { colValue, rowDual, colDual } = model.getSolution();
    return { values: colValue, objective: model.getObjectiveValue(), duals: rowDual, reducedCosts: colDual };
  });
}

function withModel<T>(highs: Highs, mip: Mip, integral: boolean, use: (model: Model) => T): T {
  const { integer, continuous } = highs.constants.variableType;
  const numCols = mip.cost.length;
  const numRows = mip.rowLower.length;
  const model = highs.createModel({
    numCols,
    numRows,
    colCost: mip.cost,
    colLower: mip.lower,
    colUpper: mip.upper,
    rowLower: mip.rowLower,
    rowUpper: mip.rowUpper,
    ...(integral ? { integrality: mip.integer.map(whole => (whole ? integer : continuous)) } : {}),
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: Int32Array.from(mip.rowStarts),
      indices: Int32Array.from(mip.columns),
      values: Float64Array.from(mip.values),
    },
  });
  try {
    model.options.set({ output_flag: false, random_seed: 0 });
    return use(model);
  } finally {
    model.dispose();
  }
}
