import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { closest } from '../../text/closest';
import type { Json, Operation, SimulatedAzure, SimulatedResource, SoftDeletedName } from './simulated-azure';
import { isOverlay } from './overlays';
import { Records, byId } from './records';

interface Saved {
  readonly resources: readonly SimulatedResource[];
  readonly softDeleted: readonly SoftDeletedName[];
}

/** Writes within this time share one write of the state file. Unit: milliseconds. */
const saveDelayMs = 50;

/** The simulated Azure: resources by id, kept in memory and, when asked to, in a file. */
export class Store implements SimulatedAzure {
  private readonly resources = new Records();
  private readonly kept = new Map<string, SoftDeletedName>();
  private readonly log: Operation[] = [];
  private readonly withoutFacts = new Set<string>();
  private saveTimer: NodeJS.Timeout | undefined;
  private readAt = 0;

  /**
   * @param file JSON file that keeps the resources; undefined means memory only
   * @throws Error when the file exists and is not such JSON.
   */
  constructor(private readonly file?: string) {
    this.reread();
  }

  list(): readonly SimulatedResource[] {
    this.reread();
    return this.resources.list();
  }

  /** The live resources of a Terraform type, in no order. */
  ofType(type: string): readonly SimulatedResource[] {
    this.reread();
    return this.resources.ofType(type);
  }

  get(id: string): SimulatedResource | undefined {
    this.reread();
    return this.resources.get(id.toLowerCase());
  }

  /** The record of this id as this type sees it: overlays share their id with the resource they lie on. */
  find(id: string, type: string): SimulatedResource | undefined {
    this.reread();
    return this.resources.get(keyOf(id, type));
  }

  seed(resource: SimulatedResource): void {
    this.put({ ...resource, attributes: { ...resource.attributes, id: resource.id } });
  }

  change(id: string, attributes: Readonly<Record<string, Json>>): void {
    const resource = this.existing(id);
    this.put({ ...resource, attributes: { ...resource.attributes, ...attributes } });
  }

  remove(id: string): void {
    this.existing(id);
    this.drop(id);
  }

  softDeleted(): readonly SoftDeletedName[] {
    this.reread();
    return [...this.kept.values()].sort(byId);
  }

  operations(): readonly Operation[] {
    return this.log;
  }

  structureOnly(): readonly string[] {
    return [...this.withoutFacts].sort();
  }

  /** Writes or replaces a record. */
  put(resource: SimulatedResource): void {
    this.reread();
    this.resources.set(keyOf(resource.id, resource.type), resource);
    this.save();
  }

  /** Deletes one overlay and leaves the resource under it. */
  dropOverlay(id: string, type: string): void {
    this.resources.delete(keyOf(id, type));
    this.save();
  }

  /** Deletes a resource with its children and what lies on them. */
  drop(id: string): readonly SimulatedResource[] {
    const base = id.toLowerCase();
    const gone = [...this.resources.keys()].filter(
      key => key.startsWith(base) && (key === base || /^[/|#]/.test(key.slice(base.length))),
    );
    const resources = gone.flatMap(key => this.resources.get(key) ?? []);
    gone.forEach(key => this.resources.delete(key));
    this.save();
    return resources;
  }

  /** Keeps a name after deletion. */
  keep(name: SoftDeletedName): void {
    this.kept.set(name.id.toLowerCase(), name);
    this.save();
  }

  /** Gives a kept name free: it was purged or recovered. */
  release(id: string): void {
    this.kept.delete(id.toLowerCase());
    this.save();
  }

  record(operation: Operation): void {
    this.log.push(operation);
  }

  noteStructureOnly(type: string): void {
    this.withoutFacts.add(type);
  }

  /** Writes what is not yet in the file. */
  flush(): void {
    if (!this.saveTimer || !this.file) return;
    clearTimeout(this.saveTimer);
    this.saveTimer = undefined;
    const saved: Saved = { resources: this.resources.list(), softDeleted: [...this.kept.values()] };
    writeFileSync(`${this.file}.new`, `${JSON.stringify(saved, null, 1)}\n`);
    renameSync(`${this.file}.new`, this.file);
    this.readAt = statSync(this.file).mtimeMs;
  }

  private save(): void {
    if (this.file) this.saveTimer ??= setTimeout(() => this.flush(), saveDelayMs).unref();
  }

  private reread(): void {
    if (!this.file || this.saveTimer || !existsSync(this.file)) return;
    const changedAt = statSync(this.file).mtimeMs;
    if (changedAt === this.readAt) return;
    const saved = parse(this.file);
    this.resources.clear();
    saved.resources.forEach(resource => this.resources.set(keyOf(resource.id, resource.type), resource));
    this.kept.clear();
    saved.softDeleted.forEach(name => this.kept.set(name.id.toLowerCase(), name));
    this.readAt = changedAt;
  }

  private existing(id: string): SimulatedResource {
    const resource = this.get(id);
    if (resource) return resource;
    const near = closest(
      id,
      this.resources.list().map(live => live.id),
      1,
    );
    throw new Error(
      `the simulated Azure has no ${id}${near[0] ? `; the closest is ${near[0]}` : '; it is empty'}`,
    );
  }
}

function keyOf(id: string, type: string): string {
  return isOverlay(type) ? `${id}#${type}`.toLowerCase() : id.toLowerCase();
}

function parse(file: string): Saved {
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Partial<Saved>;
  if (Array.isArray(saved.resources) && Array.isArray(saved.softDeleted)) return saved as Saved;
  throw new Error(`${file} holds no simulated Azure: it must be an object with resources and softDeleted`);
}
