import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export const environmentsDirectory = resolve(__dirname, '../../config/environments');

/** Plain data that a test changes before it is parsed. */
// A test breaks the data in ways that its own type forbids.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

/** The dev environment as its file holds it, changed by the test. */
export function devInput(change: (input: Loose) => void = () => undefined): Loose {
  const input = parse(readFileSync(resolve(environmentsDirectory, 'dev.yaml'), 'utf8')) as Loose;
  change(input);
  return input;
}

/** A workload of dev by name. */
export function workloadOf(input: Loose, name: string): Loose {
  return input.workloads.find((workload: Loose) => workload.name === name);
}
