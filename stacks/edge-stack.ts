import type { Construct } from 'constructs';
import type { EdgeUnit } from '../config';
import { ConstructError, EdgeDevice } from '../constructs';
import { engineOf, modelOf } from './recipe';
import { UnitStack } from './unit-stack';
import type { UnitStackProps } from './unit-stack';

/** `<environment>-edge`: the owned devices that serve a workload, each over SSH. */
export class EdgeStack extends UnitStack {
  constructor(scope: Construct, props: UnitStackProps) {
    super(scope, 'edge', props);
    for (const unit of this.unitsOf('edge')) this.addUnit(unit);
    this.addDirectoryOutput();
  }

  private addUnit(unit: EdgeUnit): void {
    const device = this.environment.devices[unit.device];
    if (!device)
      throw new ConstructError(
        this.node.path,
        `unit ${unit.id} is on device ${unit.device}, which ${this.environment.name} does not have`,
      );
    const edge = new EdgeDevice(this, unit.device, {
      name: unit.device,
      connection: device.connection,
      connected: device.connected,
      engine: engineOf(this.environment, unit),
      models: unit.serves.map(modelOf),
    });
    for (const { workload, model } of this.placementsOn(unit))
      this.list(workload, edge.endpoint(model).address);
  }
}
