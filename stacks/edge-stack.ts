import type { Construct } from 'constructs';
import { devicesOf } from '../config';
import type { DeviceRecords, EdgeUnit } from '../config';
import { ConstructError, EdgeDevice } from '../constructs';
import { clearedDevice, forgottenDevice } from '../constructs/host/departed-device';
import { ownAddress } from './own-machine';
import { engineOf, memoryOf, modelOf } from './recipe';
import { UnitStack } from './unit-stack';
import type { UnitStackProps } from './unit-stack';

/** `<environment>-edge`: the owned devices that serve a workload, each over SSH. */
export class EdgeStack extends UnitStack {
  private readonly records: DeviceRecords;

  constructor(scope: Construct, props: UnitStackProps) {
    super(scope, 'edge', props);
    this.records = props.deployed.devices ?? {};
    const wanted = this.unitsOf('edge').filter(unit => !this.goes(unit));
    const taken = new Set(wanted.flatMap(devicesOf));
    for (const unit of this.unitsOf('edge'))
      for (const device of devicesOf(unit))
        // What another unit has by now is that one's.
        if (!this.goes(unit) || !taken.has(device)) this.addDevice(unit, device);
    this.addDepartures();
    this.addDirectoryOutput();
  }

  /**
   * A device of the environment on which nothing stands any more is cleared; hardware that was swapped, and a device that is no longer in the
   * environment, are forgotten, so that no deploy waits for one that is dead.
   */
  private addDepartures(): void {
    const { devices } = this.environment;
    const serving = new Set(
      this.unitsOf('edge')
        .flatMap(devicesOf)
        .filter(name => devices[name]?.connection),
    );
    const blocks = Object.entries(this.records).flatMap(([name, { hardware }]) => {
      const before = Array.from({ length: hardware - 1 }, (_, i) => i + 1).flatMap(each =>
        forgottenDevice(this, idOf(name, each)),
      );
      const id = idOf(name, hardware);
      if (!devices[name]) return [...before, ...forgottenDevice(this, id)];
      return serving.has(name) ? before : [...before, clearedDevice(this, id, name)];
    });
    if (blocks.length > 0) this.addOverride('removed', blocks);
  }

  private addDevice(unit: EdgeUnit, name: string): void {
    const device = this.environment.devices[name];
    // A device that was taken out of the environment cannot be reached any more.
    if (!device && this.goes(unit)) return;
    if (!device)
      throw new ConstructError(
        this.node.path,
        `unit ${unit.id} is on device ${name}, which ${this.environment.name} does not have`,
      );
    if (!device.connection) return this.listOwnMachine(unit, device.site);
    const edge = new EdgeDevice(this, idOf(name, this.records[name]?.hardware ?? 1), {
      name,
      connection: device.connection,
      connected: device.connected,
      engine: engineOf(this.environment, unit),
      models: unit.serves.map(modelOf),
      ...memoryOf(unit),
    });
    for (const { workload, model } of this.goes(unit) ? [] : this.placementsOn(unit))
      this.list(workload, edge.endpoint(model).address, device.site);
  }

  /** What serves on the machine that `berth up` runs on is started by it, not by a deploy. */
  private listOwnMachine(unit: EdgeUnit, site: string): void {
    for (const { workload, model } of this.goes(unit) ? [] : this.placementsOn(unit))
      this.list(workload, ownAddress(this.environment.name, unit, model), site);
  }
}

/** Other hardware of a name is another resource: nothing of the one before is carried over. */
function idOf(device: string, hardware: number): string {
  return hardware === 1 ? device : `${device}_${hardware}`;
}
