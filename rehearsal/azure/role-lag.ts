import type { Fault, Write } from './faults';
import { Faults } from './faults';
import { mentions } from './references';
import { refusalOf } from './refusals';
import type { SimulatedResource } from './simulated-azure';
import type { Store } from './store';

/** An assignment that does not act yet, and the fault that says how long. */
interface Lag {
  readonly principalId: string;
  readonly refusals: Faults;
}

/**
 * Role assignments that Azure took and that do not act yet: what runs as the identity is refused, until the lag has
 * healed. A resource runs as an identity that it names; the simulated Azure knows no more of permissions.
 */
export class RoleLag {
  private readonly lags: Lag[] = [];

  /** Lets an assignment lag: the next `times` writes, or those of the next `forMs`, that its identity carries fail. */
  begin({ attributes }: SimulatedResource, { times, forMs }: Fault): void {
    const refusals = new Faults([{ name: 'role-lag', resource: '*', times, forMs }]);
    this.lags.push({ principalId: String(attributes['principal_id']), refusals });
  }

  /**
   * Checks a write before it is done.
   * @throws AzureError 403 when the resource runs as an identity whose role does not act yet.
   */
  check(store: Store, write: Write, resource: SimulatedResource): void {
    if (this.lags.length === 0 || resource.type === 'azurerm_role_assignment') return;
    const carriers = store.list().filter(({ id }) => mentions(resource.attributes, id));
    for (const { principalId, refusals } of this.lags) {
      const carried = carriers.some(({ attributes }) => attributes['principal_id'] === principalId);
      if (carried && refusals.strike(write)) throw refusalOf('role-lag', write);
    }
  }
}
