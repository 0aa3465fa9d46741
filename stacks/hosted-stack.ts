import { Construct } from 'constructs';
import type { HostedUnit, ManagedComputeUnit, Unit } from '../config';
import type {
  DeploymentSku,
  HostedApi,
  IFoundryAccount,
  IPrincipal,
  ManagedComputeDeployment,
  ModelDeployment,
  ModelDeploymentOptions,
} from '../constructs';
import { ConstructError, FoundryAccount } from '../constructs';
import { lineageOf } from '../config/lineage';
import { lastSegment } from './platform-stack';
import { besidesOf, sharedAddress } from './hosted-rollout';
import { tagEverything } from './tags';
import { acceptingOrganisation } from '../config';
import { acceptsTermsByDeploying } from '../limits/deployment';
import { UnitStack } from './unit-stack';
import type { UnitStackProps } from './unit-stack';

const apis: Record<HostedUnit['api'], HostedApi> = {
  chat: 'openai-chat',
  embeddings: 'openai-embeddings',
  images: 'openai-images',
  batch: 'openai-batch',
};

/** `<environment>-hosted`: a Foundry account for each location, and the deployments on it, hosted ones and those on managed compute. */
export class HostedStack extends UnitStack {
  private readonly accounts = new Map<string, IFoundryAccount>();

  constructor(scope: Construct, props: UnitStackProps) {
    super(scope, 'hosted', props);
    // An account stays when nobody uses it, until it is let go: so that no edit takes it away.
    for (const location of Object.keys(props.deployed.platform?.accounts ?? {})) this.account(location);
    for (const unit of this.unitsOf('hosted')) this.addUnit(unit);
    for (const unit of this.unitsOf('managed-compute')) this.addManaged(unit);
    this.addDirectoryOutput();
  }

  /** A deployment, and beside it those that its callers come to. */
  private addUnit(unit: HostedUnit): void {
    const deployment = this.addDeployment(unit);
    const besides = besidesOf(unit, this.environment, this.unitsOf('hosted'));
    const made = besides.map(beside => [beside, this.addDeployment(speaksLike(beside, unit))] as const);
    const traffic = this.environment.hostedDeployments?.[unit.id]?.traffic;
    for (const { workload } of this.placementsOn(unit)) {
      this.serve(unit, workload, deployment, sharedAddress(deployment.address, traffic));
      for (const [beside, endpoint] of made) this.allow(beside, workload, endpoint);
    }
  }

  private addDeployment(unit: HostedUnit): ModelDeployment {
    return this.account(unit.location).addDeployment(unit.id, {
      name: this.names.deployment(unit.id),
      model: { format: unit.format, name: unit.model, version: unit.version },
      sku: { name: unit.sku as DeploymentSku['name'], capacity: unit.capacity },
      ...this.speaking(unit),
    });
  }

  /** What callers speak, and who accepts the publisher's terms where a deployment does that. */
  private speaking(unit: HostedUnit): Pick<ModelDeploymentOptions, 'api' | 'modelProviderData'> {
    if (!acceptsTermsByDeploying(unit.format)) return { api: apis[unit.api] };
    const accepting = acceptingOrganisation(this.environment, unit.format);
    if (!accepting) return { api: 'anthropic-messages' };
    const { organizationName, countryCode, industry } = accepting;
    return { api: 'anthropic-messages', modelProviderData: { organizationName, countryCode, industry } };
  }

  private addManaged(unit: ManagedComputeUnit): void {
    const deployment = this.account(unit.location).addManagedComputeDeployment(unit.id, {
      name: this.names.deployment(unit.id),
      model: unit.modelId,
      deploymentTemplate: unit.template,
      acceleratorType: unit.acceleratorType,
      instanceCount: unit.count,
    });
    for (const { workload } of this.placementsOn(unit)) this.serve(unit, workload, deployment);
  }

  /**
   * A role on an account is of no deployment, so it is known by who has it, and stays when that one asks another deployment.
   * What was known by the first deployment is taken over.
   */
  protected override grant(
    unit: Unit,
    made: string,
    endpoint: ModelDeployment | ManagedComputeDeployment,
    identity: IPrincipal,
  ): void {
    const account = this.account(unit.location);
    const former = new Construct(account, `${unit.id}-${made}`);
    const logicalId = this.getLogicalId(former.node);
    account.node.tryRemoveChild(former.node.id);
    const role = endpoint.callerRole.toLowerCase().replaceAll(' ', '-');
    account
      .grant(`${made}-${role}`, identity, endpoint.callerRole, { scope: account })
      ?.moveFromId(`azurerm_role_assignment.${logicalId}`);
  }

  private account(location: string): IFoundryAccount {
    const known = this.accounts.get(location);
    if (known) return known;
    const existingId = this.environment.azure?.existing.accountIds?.[location];
    const account =
      existingId === undefined
        ? new FoundryAccount(this, `account-${location}`, {
            ...this.platform,
            name: this.names.account(location),
            location,
          })
        : FoundryAccount.fromAttributes(this, `account-${location}`, {
            id: existingId,
            customSubdomainName: lastSegment(existingId),
          });
    const resource = account.node.tryFindChild('Resource');
    if (resource) tagEverything(resource, this.lineageTags(location));
    this.accounts.set(location, account);
    return account;
  }

  /** What tuned models come from; a deployment takes no tags of its own, so its account has them. */
  private lineageTags(location: string): Record<string, string> {
    const tuned = this.unitsOf('hosted').flatMap(unit =>
      unit.location === location && unit.tuned ? [[`tuned-${unit.id}`, lineageOf(unit.tuned)] as const] : [],
    );
    return Object.fromEntries(tuned);
  }
}

/** @throws Error when callers would have to speak another API to the one beside. */
function speaksLike(beside: HostedUnit, unit: HostedUnit): HostedUnit {
  if (acceptsTermsByDeploying(beside.format) === acceptsTermsByDeploying(unit.format)) return beside;
  throw new ConstructError(
    unit.id,
    `hostedDeployments.${unit.id}.deployments.${beside.id} is of ${beside.format}, and callers of ${unit.model} speak another API than its models; ` +
      'place a workload of its own on it',
  );
}
