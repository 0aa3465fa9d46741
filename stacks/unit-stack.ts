import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { Decision, Placement, Unit, Venue } from '../config';
import { ConstructError } from '../constructs';
import type { EndpointAddress, IModelEndpoint } from '../constructs';
import type { EnvironmentStackProps } from './environment-stack';
import type { StackRole } from './stack-roles';
import { EnvironmentStack } from './environment-stack';
import type { ModelDirectory } from './model-directory';
import type { Platform } from './platform-stack';
import { literals } from '../constructs/literals';

export interface UnitStackProps extends EnvironmentStackProps {
  readonly decision: Decision;
  /** Absent in an environment without Azure. */
  readonly platform: Platform | undefined;
}

/** A stack that holds the units of one venue, and tells how to reach the workloads on them. */
export abstract class UnitStack extends EnvironmentStack {
  protected readonly decision: Decision;
  private readonly platformOrNone: Platform | undefined;
  private readonly addresses: Record<string, EndpointAddress> = {};

  constructor(scope: Construct, role: StackRole, props: UnitStackProps) {
    super(scope, role, props);
    this.decision = props.decision;
    this.platformOrNone = props.platform;
  }

  /** Workload → address, for the workloads of this stack. */
  get directory(): ModelDirectory {
    return { ...this.addresses };
  }

  /** @throws Error when the environment has no Azure, which the rules of placement exclude for units on Azure. */
  protected get platform(): Platform {
    if (this.platformOrNone) return this.platformOrNone;
    throw new ConstructError(
      this.node.path,
      `${this.node.id} holds units on Azure, but environment ${this.environment.name} has no azure`,
    );
  }

  protected unitsOf<V extends Venue>(venue: V): Extract<Unit, { venue: V }>[] {
    return this.decision.units.filter((unit): unit is Extract<Unit, { venue: V }> => unit.venue === venue);
  }

  protected placementsOn(unit: Unit): Placement[] {
    return this.decision.placements.filter(placement => placement.unit === unit.id);
  }

  /** Writes the workload's address into the directory and lets its identity call the model. */
  protected serve(workload: string, endpoint: IModelEndpoint): void {
    this.list(workload, endpoint.address);
    const identity = this.platformOrNone?.identities[workload];
    if (identity) endpoint.grantInvoke(this.madeFor(workload), identity);
  }

  protected list(workload: string, address: EndpointAddress): void {
    this.addresses[workload] = address;
  }

  /** To be called at the end of the constructor. */
  protected addDirectoryOutput(): void {
    new TerraformOutput(
      this,
      'models',
      literals({
        staticId: true,
        description: 'How to reach the model of each workload of this stack',
        value: this.directory,
      }),
    );
  }
}
