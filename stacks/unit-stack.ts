import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { Decision, GoingUnit, Placement, Unit, Venue } from '../config';
import { ConstructError } from '../constructs';
import type { EndpointAddress, IModelEndpoint, IPrincipal } from '../constructs';
import type { EnvironmentStackProps } from './environment-stack';
import type { StackRole } from './stack-roles';
import { EnvironmentStack } from './environment-stack';
import { directoryKeys } from './model-directory';
import type { ModelDirectory } from './model-directory';
import type { Platform } from './platform-stack';
import { literals } from '../constructs/literals';

export interface UnitStackProps extends EnvironmentStackProps {
  readonly decision: Decision;
  /** Units that are built as they were, until their successors serve. */
  readonly going: readonly GoingUnit[];
  /** Absent in an environment without Azure. */
  readonly platform: Platform | undefined;
}

/** A stack that holds the units of one venue, and tells how to reach the workloads on them. */
export abstract class UnitStack extends EnvironmentStack {
  private readonly decision: Decision;
  private readonly going: readonly GoingUnit[];
  private readonly platformOrNone: Platform | undefined;
  private readonly addresses: Record<string, EndpointAddress> = {};

  constructor(scope: Construct, role: StackRole, props: UnitStackProps) {
    super(scope, role, props);
    this.decision = props.decision;
    this.going = props.going;
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
    return [...this.going.map(({ unit }) => unit), ...this.decision.units].filter(
      (unit): unit is Extract<Unit, { venue: V }> => unit.venue === venue,
    );
  }

  /** Who may call the unit; on one that goes, who was on it and is still there. */
  protected placementsOn(unit: Unit): readonly Pick<Placement, 'workload' | 'model'>[] {
    const goes = this.going.find(each => each.unit === unit);
    return goes
      ? goes.placements.filter(({ workload }) =>
          this.environment.workloads.some(({ name }) => name === workload),
        )
      : this.decision.placements.filter(placement => placement.unit === unit.id);
  }

  /** Whether the unit only stands until its successors serve. */
  protected goes(unit: Unit): boolean {
    return this.going.some(each => each.unit === unit);
  }

  /** Writes the workload's address into the directory, unless the unit goes, and lets its identity call the model. */
  protected serve(
    unit: Unit,
    workload: string,
    endpoint: IModelEndpoint & Construct,
    address: EndpointAddress = endpoint.address,
  ): void {
    if (!this.goes(unit)) this.list(workload, address);
    this.allow(unit, workload, endpoint);
  }

  /** Lets the identity of a workload call a model, where it has one. */
  protected allow(unit: Unit, workload: string, endpoint: IModelEndpoint & Construct): void {
    const identity = this.platformOrNone?.identities[workload];
    if (identity) this.grant(unit, this.madeFor(workload), endpoint, identity);
  }

  /** Lets an identity call a model: here, since the platform, which has the identities, never depends on a placement. */
  protected grant(
    _unit: Unit,
    made: string,
    endpoint: IModelEndpoint & Construct,
    identity: IPrincipal,
  ): void {
    endpoint.grantInvoke(made, identity, { scope: endpoint });
  }

  /** @param site that the address is for. @default - all that the workload has */
  protected list(workload: string, address: EndpointAddress, site?: string): void {
    for (const key of directoryKeys(this.environment, workload, site)) this.addresses[key] = address;
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
