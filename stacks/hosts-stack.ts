import type { Construct } from 'constructs';
import type { MachineUnit } from '../config';
import type { IKeyVault } from '../constructs';
import { ConstructError, KeyVault, SlmHost } from '../constructs';
import { roomProblem } from '../limits/network';
import { powerOf } from './host-power';
import { engineOf, modelOf } from './recipe';
import { UnitStack } from './unit-stack';
import type { UnitStackProps } from './unit-stack';

/** `<environment>-hosts`: machines on Azure that serve small models. Those on AWS are in the CloudFormation app. */
export class HostsStack extends UnitStack {
  private importedVault: IKeyVault | undefined;

  constructor(scope: Construct, props: UnitStackProps) {
    super(scope, 'hosts', props);
    const problem = roomProblem(this.environment.azure, props.decision.units);
    if (problem !== undefined) throw new ConstructError(this.node.path, problem);
    for (const unit of this.unitsOf('vm')) {
      if (unit.provider === 'azure') this.addUnit(unit);
    }
    this.addDirectoryOutput();
  }

  private addUnit(unit: MachineUnit): void {
    const { location } = this.platform.network;
    if (unit.location !== location)
      throw new Error(
        `unit ${unit.id} is in ${unit.location}, and machines stand in the network, in ${location}; place ${this.environment.name} again`,
      );
    const host = new SlmHost(this, unit.id, {
      ...this.platform,
      keyVault: this.keyVault(),
      name: this.names.host(unit.id),
      size: unit.sku,
      count: unit.count,
      power: powerOf(unit),
      engine: engineOf(this.environment, unit),
      models: unit.serves.map(modelOf),
    });
    for (const { workload, model } of this.placementsOn(unit))
      this.serve(unit, workload, host.endpoint(model));
  }

  /** The platform's vault, imported: what a host grants on it belongs to this stack and goes with it. */
  private keyVault(): IKeyVault {
    const { keyVault, keyVaultName } = this.platform;
    this.importedVault ??= KeyVault.fromAttributes(this, 'key-vault', {
      id: keyVault.id,
      name: keyVaultName,
    });
    return this.importedVault;
  }
}
