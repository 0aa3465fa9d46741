import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { rejectViolations } from '../errors';
import type { GrantOptions, IModelEndpoint, IPrincipal } from '../model-endpoint';
import { requireProps } from '../required-props';
import { WorkloadIdentity } from '../security';
import { defaultPort, listedProblems, renderBootstrap, renderMachineRecipe, unitProblems } from './engine';
import type { SecretNames } from './engine';
import { HostEndpoint, endpointAddress, listedModelShape } from './host-endpoint';
import { ubuntuImages } from './host-image';
import { HostMachine } from './host-machine';
import { HostMonitoring } from './host-monitoring';
import { HostName } from './host-name';
import { recipeOf } from './host-props';
import { LoadBalancer } from './load-balancer';
import { PowerWorkflow } from './power-workflow';
import { checkSlmHost, requireSlmHostProps } from './slm-host-props';
import type { SlmHostAttributes, SlmHostProps } from './slm-host-props';
import { unusableSshPublicKey } from './unusable-ssh-key';

/** A pool of machines that serve small language models. */
export interface ISlmHost extends IConstruct {
  /** Name of the host in the network's private zone. */
  readonly address: string;
  /**
   * A served model. The host has one key: who may call one of its models may call all of them.
   * @throws Error naming the served models when there is none of this name.
   */
  endpoint(model: string): IModelEndpoint;
}

/** Names of the secrets in which a host keeps what its callers need. */
export const secretNamesOf = (host: string): SecretNames => ({
  apiKey: `${host}-api-key`,
  tls: `${host}-tls`,
  certificate: `${host}-certificate`,
});

abstract class HostBase extends Construct implements ISlmHost {
  abstract readonly address: string;
  protected abstract readonly listed: SlmHostAttributes;
  /** Name of the host whose secrets it has. */
  protected abstract readonly keyOf: string;
  private readonly callers = new Set<string>();

  endpoint(model: string): IModelEndpoint {
    const id = `Endpoint-${model}`;
    const known = this.node.tryFindChild(id);
    if (known instanceof HostEndpoint) return known;
    const { name, keyVault, models, port } = this.listed;
    const keySource = `${keyVault.vaultUri}secrets/${secretNamesOf(this.keyOf).apiKey}`;
    const machine = { unit: name, address: this.address, port, models, keySource };
    return new HostEndpoint(this, id, endpointAddress(machine, model), (grant, principal, options) =>
      this.grantKey(`${model}-${grant}`, principal, options),
    );
  }

  /** Role `Key Vault Secrets User` on the host's key and on its certificate, once a principal. */
  private grantKey(id: string, principal: IPrincipal, options?: GrantOptions): void {
    if (this.callers.has(principal.principalId)) return;
    this.callers.add(principal.principalId);
    const { name, keyVault } = this.listed;
    const { apiKey, certificate } = secretNamesOf(this.keyOf);
    keyVault.grantSecretsUser(`${name}-${id}-key`, principal, apiKey, options);
    keyVault.grantSecretsUser(`${name}-${id}-certificate`, principal, certificate, options);
  }
}

/**
 * Machines in the network's host subnet that serve small language models over TLS: no public address, no password, no
 * SSH unless asked for, secrets made by the machines and kept in the key vault. What they serve is brought to them one after another,
 * in place, by run commands. A deploy ends when every model answers.
 *
 * @example
 * const host = new SlmHost(this, 'Host', {
 *   name: 'gpu',
 *   resourceGroup,
 *   network,
 *   keyVault,
 *   logWorkspace,
 *   size: 'Standard_NC4as_T4_v3',
 *   engine,
 *   models,
 * });
 * host.endpoint('phi-4-mini').grantInvoke('shop', identity);
 */
export class SlmHost extends HostBase {
  /** An existing host. */
  static fromAttributes(scope: Construct, id: string, attributes: SlmHostAttributes): ISlmHost {
    return new ImportedSlmHost(scope, id, attributes);
  }

  readonly address: string;
  protected readonly listed: SlmHostAttributes;
  protected readonly keyOf: string;

  /** @throws Error listing the props that Azure or the recipe would refuse. */
  constructor(scope: Construct, id: string, props: SlmHostProps) {
    super(scope, id);
    requireSlmHostProps(this, props);
    this.keyOf = props.addressOf ?? props.name;
    this.address = `${this.keyOf}.${props.network.hostsZoneName}`;
    this.listed = props;
    checkSlmHost(this, props, recipeOf(props, this.address));
    const identity = this.addIdentity(props);
    const machines = this.addMachines(props, identity);
    this.addName(props, machines);
    new HostMonitoring(this, 'Monitoring', { ...props, identityId: identity.id, machines });
    const { power, network } = props;
    if (power) new PowerWorkflow(this, 'Power', { ...props, power, location: network.location, machines });
  }

  private addIdentity(props: SlmHostProps): WorkloadIdentity {
    const { name, resourceGroup, network, keyVault } = props;
    const identity = new WorkloadIdentity(this, 'Identity', {
      name: `id-${name}`,
      resourceGroup,
      location: network.location,
    });
    for (const [kind, secret] of Object.entries(secretNamesOf(this.keyOf))) {
      keyVault.grantSecretsOfficer(`${name}-host-${kind}`, identity, secret);
    }
    return identity;
  }

  /** Recipes go from one machine to the next, so that the others of a pool serve meanwhile. */
  private addMachines(props: SlmHostProps, identity: WorkloadIdentity): HostMachine[] {
    const { count: total = 1, engine, adminSshPublicKey } = props;
    const ssh = adminSshPublicKey !== undefined;
    const bootstrap = renderBootstrap({ cloud: 'azure', accelerator: engine.accelerator, ssh });
    const machines: HostMachine[] = [];
    for (let index = 0; index < total; index++) {
      const name = total === 1 ? props.name : `${props.name}-${index + 1}`;
      const machine = new HostMachine(this, `Machine${index + 1}`, {
        name,
        resourceGroupName: props.resourceGroup.name,
        location: props.network.location,
        subnetId: props.network.hostSubnetId,
        size: props.size,
        image: props.image ?? ubuntuImages[engine.arch],
        osDiskGib: props.osDiskGib ?? 64,
        identityId: identity.id,
        sshPublicKey: adminSshPublicKey ?? unusableSshPublicKey(),
        customData: bootstrap,
        recipe: renderMachineRecipe({
          recipe: recipeOf(props, this.address),
          secrets: secretNamesOf(this.keyOf),
          store: { cloud: 'azure', vaultUri: props.keyVault.vaultUri },
          first: index === 0,
        }),
        before: machines.at(-1),
        spot: props.power?.kind === 'spot',
      });
      machines.push(machine);
    }
    return machines;
  }

  private addName(props: SlmHostProps, machines: readonly HostMachine[]): void {
    const { network, record = this } = props;
    const privateIpAddress = this.addWayIn(props, machines);
    if (record === 'none') return;
    // What leads to machines that serve already waits for those that take their place, or join them.
    const after = machines.map(({ healthCheck }) => healthCheck);
    new HostName(record, 'Name', { label: this.keyOf, network, privateIpAddress, after });
  }

  /** The one machine's address, or that of what shares requests out among several. */
  private addWayIn(props: SlmHostProps, machines: readonly HostMachine[]): string {
    const { name, network, resourceGroup, models, port = defaultPort } = props;
    const [only] = machines;
    if (only && machines.length === 1) return only.privateIpAddress;
    return new LoadBalancer(this, 'LoadBalancer', {
      name: `lbi-${name}`,
      resourceGroupName: resourceGroup.name,
      location: network.location,
      subnetId: network.hostSubnetId,
      ports: models.map((_, index) => port + index),
      machines,
    }).privateIpAddress;
  }
}

class ImportedSlmHost extends HostBase {
  readonly address: string;
  protected readonly listed: SlmHostAttributes;
  protected readonly keyOf: string;

  constructor(scope: Construct, id: string, attributes: SlmHostAttributes) {
    super(scope, id);
    requireProps<SlmHostAttributes>(this, attributes, {
      name: 'string',
      network: 'object',
      keyVault: 'object',
      models: [listedModelShape],
    });
    rejectViolations(this, [...unitProblems(attributes.name), ...listedProblems(attributes.models)]);
    this.address = `${attributes.name}.${attributes.network.hostsZoneName}`;
    this.keyOf = attributes.name;
    this.listed = attributes;
  }
}
