import { Construct } from 'constructs';
import type { MachineUnit, Unit } from '../config';
import type { IKeyVault, IModelEndpoint, IPrincipal } from '../constructs';
import { ConstructError, KeyVault, SlmHost } from '../constructs';
import { secretNamesOf } from '../constructs/host/slm-host';
import { roomProblem } from '../limits/network';
import { lineageOf } from '../config/lineage';
import { powerOf } from './host-power';
import { engineOf, memoryOf, modelOf } from './recipe';
import { tagEverything } from './tags';
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
    const of = this.hostOf(unit.id);
    const host = new SlmHost(this, unit.id, {
      ...this.platform,
      keyVault: this.keyVault(),
      name: this.names.host(unit.id),
      addressOf: this.names.host(of),
      record: this.recordOf(unit, of),
      size: unit.sku,
      count: unit.count,
      power: powerOf(unit),
      engine: engineOf(this.environment, unit),
      models: unit.serves.map(modelOf),
      ...memoryOf(unit),
    });
    const lineage = this.lineageTags(unit);
    if (Object.keys(lineage).length > 0) tagEverything(host, lineage);
    for (const { workload, model } of this.placementsOn(unit))
      this.serve(unit, workload, host.endpoint(model));
  }

  /** What the tuned weights on a machine come from. */
  private lineageTags({ serves }: MachineUnit): Record<string, string> {
    const tuned = serves.flatMap(({ weights: { id } }) => {
      const { model, lineage } = this.environment.weights[id ?? ''] ?? {};
      return model !== undefined && lineage
        ? [[`tuned-${id}`, lineageOf({ ...lineage, base: { model } })] as const]
        : [];
    });
    return Object.fromEntries(tuned);
  }

  /**
   * A host name is known by the unit that it was made for, and its record stays where it is when other machines take the place of
   * that unit's. Of those that have one name, the unit that is wanted answers.
   */
  private recordOf(unit: MachineUnit, of: string): Construct | 'none' | undefined {
    const namesakes = this.unitsOf('vm').filter(({ id }) => this.hostOf(id) === of);
    const answers = namesakes.find(each => !this.goes(each)) ?? namesakes.find(({ id }) => id === of) ?? unit;
    if (answers !== unit) return 'none';
    if (unit.id === of) return undefined;
    return (this.node.tryFindChild(of) as Construct | undefined) ?? new Construct(this, of);
  }

  /**
   * Who may read the secrets of a host name keeps that when other machines take the place of those that had them, whatever model they
   * serve. What was known by its model is taken over.
   */
  protected override grant(unit: Unit, made: string, endpoint: IModelEndpoint, identity: IPrincipal): void {
    const vault = this.keyVault();
    const name = this.names.host(this.hostOf(unit.id));
    const { apiKey, certificate } = secretNamesOf(name);
    for (const [kind, secret] of [
      ['key', apiKey],
      ['certificate', certificate],
    ] as const) {
      const id = `${name}-${made}-${kind}`;
      if (vault.node.tryFindChild(id)) continue;
      const former = new Construct(vault, `${name}-${endpoint.address.model}-${made}-${kind}`);
      const logicalId = this.getLogicalId(former.node);
      vault.node.tryRemoveChild(former.node.id);
      vault
        .grantSecretsUser(id, identity, secret, { scope: vault })
        .moveFromId(`azurerm_role_assignment.${logicalId}`);
    }
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
