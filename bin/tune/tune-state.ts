import { z } from 'zod';
import { tuneFile, writeOutput } from '../../config';
import { readTextIfThere } from '../../config/read-file';
import { TuneError } from './tune-error';
import type { TuneTarget } from './target';

const startedSchema = z.strictObject({
  /** What would be another job: account, base, data and settings. */
  key: z.string(),
  endpoint: z.string(),
  location: z.string(),
  base: z.strictObject({ model: z.string(), version: z.string() }),
  trainingSha256: z.string(),
  validationSha256: z.string().optional(),
  trainingFileId: z.string().optional(),
  validationFileId: z.string().optional(),
  job: z.string().optional(),
});

const stateSchema = z.strictObject({ workloads: z.record(z.string(), startedSchema) });

/** What was begun for a workload: ids and hashes, no data and no key. */
export type Started = z.output<typeof startedSchema>;

/** What was begun for the workload; undefined where nothing was. @throws {TuneError} when the file is none */
export function startedOf({ file, workload }: Pick<TuneTarget, 'file' | 'workload'>): Started | undefined {
  return stateOf(file).workloads[workload];
}

/** Remembers what was begun, before anything else is. */
export function remember({ file, workload }: Pick<TuneTarget, 'file' | 'workload'>, started: Started): void {
  const { workloads } = stateOf(file);
  const state = { workloads: { ...workloads, [workload]: started } };
  writeOutput(tuneFile(file), `${JSON.stringify(state, null, 2)}\n`);
}

function stateOf(file: string): z.output<typeof stateSchema> {
  const text = readTextIfThere(tuneFile(file));
  if (text === undefined) return { workloads: {} };
  const parsed = stateSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new TuneError(
    `${tuneFile(file)}: what berth tune wrote is needed, got something else; restore it from your version control, or remove it: a job that runs is found by its file`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
