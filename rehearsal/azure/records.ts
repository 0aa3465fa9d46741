import type { SimulatedResource } from './simulated-azure';

/** Resources by key, with what a write asks for at hand: a deploy of thousands must not look through all of them each time. */
export class Records {
  private readonly all = new Map<string, SimulatedResource>();
  private readonly types = new Map<string, Map<string, SimulatedResource>>();
  private sorted: readonly SimulatedResource[] | undefined;

  get(key: string): SimulatedResource | undefined {
    return this.all.get(key);
  }

  set(key: string, resource: SimulatedResource): void {
    this.delete(key);
    this.all.set(key, resource);
    const own = this.types.get(resource.type) ?? new Map<string, SimulatedResource>();
    this.types.set(resource.type, own.set(key, resource));
  }

  delete(key: string): void {
    const type = this.all.get(key)?.type;
    this.all.delete(key);
    if (type !== undefined) this.types.get(type)?.delete(key);
    this.sorted = undefined;
  }

  clear(): void {
    this.all.clear();
    this.types.clear();
    this.sorted = undefined;
  }

  keys(): Iterable<string> {
    return this.all.keys();
  }

  /** Ordered by id. */
  list(): readonly SimulatedResource[] {
    return (this.sorted ??= [...this.all.values()].sort(byId));
  }

  /** Those of a Terraform type, in no order. */
  ofType(type: string): readonly SimulatedResource[] {
    return [...(this.types.get(type)?.values() ?? [])];
  }
}

/** Orders by id, whatever the place. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
