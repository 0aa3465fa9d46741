import type { Catalog } from '../../catalog';
import type { Environment, Workload } from '../environment';
import type { Finding } from './problem';
import { ifParsed } from './partial-parse';

/** A rule across keys of an environment. It is left out where it reads what is wrong for itself. */
export interface EnvironmentCheck {
  readonly id: string;
  readonly why: string;
  readonly find: (environment: Environment, catalog: Catalog) => readonly Finding[];
}

/** A rule across keys of one workload. Paths are relative to the workload. */
export interface WorkloadCheck {
  readonly id: string;
  readonly why: string;
  readonly find: (workload: Workload, environment: Environment, catalog: Catalog) => readonly Finding[];
}

/** One finding when the condition holds, none otherwise. */
export function when(wrong: boolean, path: Finding['path'], message: string): Finding[] {
  return wrong ? [{ path, message }] : [];
}

/** One finding when there is a message, none otherwise. */
export function finding(path: Finding['path'], message: string | undefined): Finding[] {
  return message === undefined ? [] : [{ path, message }];
}

/** What is found in each entry of a list, but for entries that are wrong for themselves. */
export function inEach<T, R>(list: readonly T[], find: (value: T, index: number) => readonly R[]): R[] {
  return [...list.keys()].flatMap(index => ifParsed(() => find(list[index] as T, index)));
}

/** What is found in each entry of a record, but for entries that are wrong for themselves. */
export function inEntries<T, R>(
  record: Readonly<Record<string, T>>,
  find: (value: T, name: string) => readonly R[],
): R[] {
  return Object.keys(record).flatMap(name => ifParsed(() => find(record[name] as T, name)));
}

/** The first cause that holds, of those that can be read. */
export function firstCause<T>(...causes: readonly (() => T | false)[]): T | undefined {
  const holding = causes.flatMap(cause =>
    ifParsed(() => {
      const found = cause();
      return found === false ? [] : [found];
    }),
  );
  return holding[0];
}

/** Something that must be there once, and where it stands. */
interface Keyed<At> {
  readonly key: string;
  readonly at: At;
}

/** Every entry whose key stands earlier in the list already, with the first that has it. */
export function repeated<At>(entries: readonly Keyed<At>[]): (Keyed<At> & { readonly first: At })[] {
  const first = new Map(entries.toReversed().map(({ key, at }) => [key, at]));
  return entries.flatMap(entry => {
    const at = first.get(entry.key) ?? entry.at;
    return at === entry.at ? [] : [{ ...entry, first: at }];
  });
}
