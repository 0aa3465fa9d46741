import type { Catalog } from '../catalog';
import type { Environment, Workload } from '../environment';

/** A problem that a check found, before it is known which file it is in. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A rule across keys of an environment whose keys, each for itself, are right. */
export interface EnvironmentCheck {
  readonly id: string;
  readonly why: string;
  /** Top-level keys it reads; it does not run while one of them is broken. */
  readonly reads: readonly (keyof Environment)[];
  readonly find: (environment: Environment, catalog: Catalog) => Finding[];
}

/** A rule across keys of one workload. Paths are relative to the workload. */
export interface WorkloadCheck {
  readonly id: string;
  readonly why: string;
  readonly reads: readonly (keyof Environment)[];
  readonly find: (workload: Workload, environment: Environment, catalog: Catalog) => Finding[];
}

/** One finding when the condition holds, none otherwise. */
export function when(wrong: boolean, path: Finding['path'], message: string): Finding[] {
  return wrong ? [{ path, message }] : [];
}
