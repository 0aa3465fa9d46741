import type { Lock } from '../../config';
import { effectsOf } from '../../rehearsal/run';
import type { Effect, Rehearsal, StackResult } from '../../rehearsal/run';
import { isConfigured, unitsOf } from './units';
import type { LoadedUnit, ResourcePaths } from './units';

const hostName = 'azurerm_private_dns_a_record';
/** Of an endpoint, to its deployment. */
const traffic = 'azapi_update_resource';
const healthCheck = 'azurerm_virtual_machine_run_command';

/** Addresses of the resources that a value is read from. */
function references(value: unknown): string[] {
  return [...JSON.stringify(value ?? '').matchAll(/azurerm_\w+\.[\w-]+/g)].map(([address]) => address);
}

/** Of which step of a deploy plans are: until all that is wanted stands, or letting go of what it replaces. */
export type DeployStep = 'first' | 'second';

/** What plans may destroy, whatever the order and the delays in which they are carried out. */
export class PlanProof {
  private readonly units = new Map<string, LoadedUnit>();

  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly paths: ResourcePaths,
  ) {}

  /** Units of a lock, some of which are served from. */
  add(lock: Lock): void {
    for (const unit of unitsOf(lock)) this.units.set(unit.id, unit);
  }

  /**
   * What plans of a step destroy of units that must not be touched then: in the first, of any that serves, unless it loses a
   * part that it has no more, such as the third of three machines, or the new one is there and asked first; in the second, of those that stay.
   * @param lock by which they were made
   */
  problemsOf(results: readonly StackResult[], step: DeployStep, lock: Lock): string[] {
    const wanted = new Set(unitsOf(lock).map(({ id }) => id));
    const stays = new Set(lock.decision.units.map(({ id }) => id));
    const placed = new Set(lock.decision.placements.map(({ workload }) => workload));
    return effectsOf(results)
      .filter(({ kind }) => kind === 'destroyed' || kind === 'replaced')
      .flatMap(effect => {
        const unit = this.unitOf(effect);
        if (!unit) return [];
        const shrinks =
          step === 'first' && stays.has(unit) && !isConfigured(this.rehearsal, effect.stack, effect.address);
        const isLetGo = step === 'second' && !wanted.has(unit);
        const isLeft = !this.units.get(unit)?.workloads.some(name => placed.has(name));
        return shrinks || isLeft || isLetGo || (step === 'first' && this.isSwitched(effect))
          ? []
          : [`the ${step} step has ${effect.address} ${effect.kind}, of ${unit}, which serves`];
      });
  }

  /**
   * Names that begin to lead to machines before those are known to serve.
   * @param results of the first step
   */
  unprovenNames(results: readonly StackResult[]): string[] {
    return effectsOf(results)
      .filter(({ type, kind }) => type === hostName && kind === 'changed')
      .flatMap(({ stack, address }) => {
        const json = this.rehearsal.stacks.find(({ name }) => name === stack)?.json;
        const record = json?.resource?.[hostName]?.[address.split('.')[1] ?? ''];
        const unit = [...this.units.keys()].find(id =>
          references(record?.records).some(each => this.paths.isOf(stack, each, id)),
        );
        const checks = Object.keys(json?.resource?.[healthCheck] ?? {})
          .map(id => `${healthCheck}.${id}`)
          .filter(each => unit !== undefined && this.paths.isOf(stack, each, unit));
        const after = (record?.depends_on ?? []) as readonly string[];
        return checks.length > 0 && checks.every(each => after.includes(each))
          ? []
          : [`${address} leads to ${unit ?? 'nobody'} before that is known to serve`];
      });
  }

  /** What plans do to units of which nobody is touched. @param untouched names of workloads */
  touchedOf(effects: readonly Effect[], untouched: ReadonlySet<string>): string[] {
    return effects.flatMap(effect => {
      const unit = this.units.get(this.unitOf(effect) ?? '');
      const isTouched =
        !unit || unit.workloads.length === 0 || !unit.workloads.every(name => untouched.has(name));
      return isTouched ? [] : [`${effect.address} is ${effect.kind}, of ${unit.id}, which it is not about`];
    });
  }

  /** Whether the new one is made first, and what sends requests to it is changed before the old one goes. */
  private isSwitched({ stack, address, isNewFirst = false }: Effect): boolean {
    const json = this.rehearsal.stacks.find(({ name }) => name === stack)?.json;
    const routes = Object.values(json?.resource?.[traffic] ?? {});
    return (
      isNewFirst && routes.some(each => ((each.depends_on ?? []) as readonly string[]).includes(address))
    );
  }

  private unitOf({ stack, address }: Effect): string | undefined {
    return [...this.units.keys()].find(id => this.paths.isOf(stack, address, id));
  }
}
