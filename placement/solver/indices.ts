/** Indices by the ids of a problem. */
export interface Indices {
  readonly workload: ReadonlyMap<string, number>;
  readonly unit: ReadonlyMap<string, number>;
  readonly part: ReadonlyMap<string, number>;
  readonly quota: ReadonlyMap<string, number>;
}

export function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}

export function find(indices: ReadonlyMap<string, number>, id: string): number {
  const index = indices.get(id);
  if (index === undefined)
    throw new RangeError(`an offer or unit names ${id}, which the problem does not contain`);
  return index;
}
